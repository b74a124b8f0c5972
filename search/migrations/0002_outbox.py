"""The outbox of search."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0001_embedded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Outbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('place', '場'), ('window', '相談窓口')], max_length=6, verbose_name='種類')),
                ('object_id', models.PositiveBigIntegerField(verbose_name='番号')),
                ('version', models.PositiveBigIntegerField(verbose_name='版')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='変わった時')),
                ('try_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='次に送る時')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='送った回数')),
                ('error', models.CharField(blank=True, max_length=60, verbose_name='失敗の種類')),
            ],
            options={
                'verbose_name': '検索に送るもの',
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='outbox_one_row_per_object')],
            },
        ),
    ]
