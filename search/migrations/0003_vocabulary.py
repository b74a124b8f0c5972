"""What staff make of the vocabulary, version by version, and what residents look for, as terms and counts."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_directory'),
        ('search', '0002_outbox'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='VocabularyEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('synonym', '言いかえ'), ('reading', '地名などのよみ'), ('condition', '条件の言い方'), ('stop', 'さがさないことば')], max_length=9, verbose_name='種類')),
                ('words', models.CharField(max_length=400, verbose_name='ことば')),
                ('means', models.CharField(blank=True, max_length=400, verbose_name='同じ意味')),
                ('related', models.CharField(blank=True, max_length=400, verbose_name='関連することば')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='職員のメモ')),
                ('state', models.CharField(choices=[('on', '使っている'), ('off', '使わない'), ('gone', '取り消した')], default='on', max_length=4, verbose_name='状態')),
                ('shipped', models.CharField(blank=True, max_length=60, verbose_name='もとの行')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='変えた時')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.municipality')),
            ],
            options={
                'verbose_name': 'さがすことば',
                'ordering': ['kind', 'words', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='VocabularyChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(verbose_name='版')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='変えた時')),
                ('before', models.JSONField(null=True, verbose_name='前')),
                ('after', models.JSONField(verbose_name='後')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undoes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='undone_by', to='search.vocabularychange', verbose_name='取り消した版')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='search.vocabularyentry')),
            ],
            options={
                'verbose_name': 'さがすことばの変更',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='SearchTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField(verbose_name='週（月曜日）')),
                ('terms', models.CharField(max_length=60, verbose_name='ことば')),
                ('kind', models.CharField(choices=[('zero', '見つからない'), ('weak', '近いものだけ'), ('found', '見つかる')], max_length=5, verbose_name='結果')),
                ('count', models.PositiveIntegerField(default=1, verbose_name='回数')),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.district')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.municipality')),
            ],
            options={
                'verbose_name': 'さがされたことば',
                'indexes': [models.Index(fields=['municipality', 'week', 'kind'], name='search_term_week')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('district__isnull', False)), fields=('municipality', 'district', 'week', 'terms'), name='search_terms_are_counted_in_one_row_a_district'), models.UniqueConstraint(condition=models.Q(('district', None)), fields=('municipality', 'week', 'terms'), name='search_terms_are_counted_in_one_row_a_town'), models.CheckConstraint(condition=models.Q(('kind__in', ['zero', 'weak', 'found'])), name='search_term_kind_is_known')],
            },
        ),
        migrations.AddConstraint(
            model_name='vocabularyentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['synonym', 'reading', 'condition', 'stop'])), name='vocabulary_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='vocabularyentry',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['on', 'off', 'gone'])), name='vocabulary_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='vocabularyentry',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='vocabulary_entries_have_words'),
        ),
        migrations.AddConstraint(
            model_name='vocabularyentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'stop'), ('means', ''), ('related', '')), models.Q(('kind__in', ['reading', 'condition']), ('related', ''), models.Q(('means', ''), _negated=True)), ('kind', 'synonym'), _connector='OR'), name='vocabulary_kind_says_what_is_filled'),
        ),
        migrations.AddConstraint(
            model_name='vocabularyentry',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('shipped', ''), _negated=True), ('municipality', None)), fields=('kind', 'shipped'), name='vocabulary_stands_once_for_a_shipped_line'),
        ),
        migrations.AddConstraint(
            model_name='vocabularyentry',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('shipped', ''), _negated=True), ('municipality__isnull', False)), fields=('municipality', 'kind', 'shipped'), name='vocabulary_stands_once_for_a_shipped_line_in_a_town'),
        ),
        migrations.AddConstraint(
            model_name='vocabularychange',
            constraint=models.UniqueConstraint(fields=('entry', 'version'), name='vocabulary_versions_are_counted_up'),
        ),
        migrations.AddConstraint(
            model_name='vocabularychange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('before__isnull', True), ('version', 1)), models.Q(('before__isnull', False), ('version__gt', 1)), _connector='OR'), name='vocabulary_first_versions_and_only_they_have_no_before'),
        ),
    ]
