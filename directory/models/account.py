"""Who may sign in, and what they are charged with."""

import uuid
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.choices import StaffDuty, UserKind


class UserManager(BaseUserManager["User"]):
    """Makes accounts; hosts never get a password."""

    def create_user(
        self, email: str, password: str | None = None, *, kind: str = UserKind.HOST, **fields: Any
    ) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), kind=kind, **fields)
        if kind == UserKind.HOST or password is None:
            user.set_unusable_password()
        else:
            user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, kind=UserKind.STAFF, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """One account: a host, a staff member, or a program."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("メールアドレス"), unique=True)
    name = models.CharField(_("名前"), max_length=80, blank=True)
    kind = models.CharField(_("区分"), max_length=10, choices=UserKind, default=UserKind.HOST)
    is_active = models.BooleanField(_("使える"), default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("利用者")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=UserKind.values), name="user_kind_is_known"),
            models.CheckConstraint(
                condition=Q(is_superuser=False) | Q(kind=UserKind.STAFF), name="only_staff_are_superusers"
            ),
        ]

    def __str__(self) -> str:
        # Never the e-mail address: this text reaches logs and pages of others.
        return self.name or f"user {self.uuid}"

    @property
    def is_staff(self) -> bool:
        """Django's word for "may enter the admin"; Wagtail asks its own permissions after it."""
        return self.kind == UserKind.STAFF

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def duties(self, *, on: date | None = None) -> "models.QuerySet[StaffRole]":
        """The roles this person holds on a day (today by default)."""
        return self.staff_roles.current(on=on or timezone.localdate()).select_related("municipality", "office")


class StaffRoleQuerySet(models.QuerySet["StaffRole"]):
    def current(self, *, on: date) -> "StaffRoleQuerySet":
        """Begun, and not yet over."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class StaffRole(models.Model):
    """One duty of one person in one town, from a day, perhaps until a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_roles")
    municipality = models.ForeignKey("directory.Municipality", on_delete=models.PROTECT, related_name="staff_roles")
    office = models.ForeignKey(
        "directory.Office", on_delete=models.PROTECT, null=True, blank=True, related_name="staff_roles"
    )
    duty = models.CharField(_("役割"), max_length=20, choices=StaffDuty)
    from_on = models.DateField(_("いつから"), default=timezone.localdate)
    until_on = models.DateField(_("いつまで"), null=True, blank=True)

    objects = StaffRoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(duty__in=StaffDuty.values), name="duty_is_known"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")), name="duty_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}（{self.municipality}）"
