"""The pipeline of admissions; badges with their levels and award days (domain §4.4)."""

import django.core.validators
import django.db.models.deletion
import ledger.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from ledger.history import first_line

# years: (months early in grave illness, months wanting at death)
LEVELS = {years: (12 if years <= 65 else 24, 12) for years in (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)}
AWARD_DAYS = (
    (3, 2, "Ngày thành lập Đảng"),
    (19, 5, "Ngày sinh Chủ tịch Hồ Chí Minh"),
    (2, 9, "Quốc khánh"),
    (7, 11, "Ngày Cách mạng Tháng Mười Nga"),
)


def load(apps, editor):
    levels, days = apps.get_model("members", "BadgeLevel"), apps.get_model("members", "AwardDay")
    for years, (early, posthumous) in LEVELS.items():
        row = levels.objects.create(years=years, months_early=early, months_posthumous=posthumous)
        first_line(apps, "members", row)
    for day, month, name in AWARD_DAYS:
        first_line(apps, "members", days.objects.create(day=day, month=month, name=name))


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_undo'),
        ('members', '0006_the_record'),
        ('organizations', '0002_principal_successor'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BadgeLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('years', models.PositiveSmallIntegerField(unique=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='số năm tuổi Đảng')),
                ('months_early', models.PositiveSmallIntegerField(default=0, help_text='Khi ốm nặng.', validators=[django.core.validators.MaxValueValidator(60)], verbose_name='trao sớm nhiều nhất (tháng)')),
                ('months_posthumous', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='truy tặng khi còn thiếu nhiều nhất (tháng)')),
                ('in_use', models.BooleanField(default=True, verbose_name='đang dùng')),
            ],
            options={
                'verbose_name': 'mức Huy hiệu Đảng',
                'verbose_name_plural': 'mức Huy hiệu Đảng',
                'ordering': ['years'],
            },
        ),
        migrations.CreateModel(
            name='AwardDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', ledger.fields.CleanCharField(max_length=80, verbose_name='tên đợt')),
                ('month', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='tháng')),
                ('day', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='ngày')),
                ('in_use', models.BooleanField(default=True, verbose_name='đang dùng')),
            ],
            options={
                'verbose_name': 'đợt trao Huy hiệu Đảng',
                'verbose_name_plural': 'đợt trao Huy hiệu Đảng',
                'ordering': ['month', 'day'],
                'constraints': [models.UniqueConstraint(fields=('month', 'day'), name='award_day_once', violation_error_message='Đợt trao vào ngày này đã có.')],
            },
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.change', verbose_name='ghi bởi')),
                ('voided', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.change', verbose_name='hủy bởi')),
            ],
            options={
                'verbose_name': 'người trong nguồn kết nạp',
                'verbose_name_plural': 'người trong nguồn kết nạp',
            },
        ),
        migrations.CreateModel(
            name='HistoricalAwardDay',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', ledger.fields.CleanCharField(max_length=80, verbose_name='tên đợt')),
                ('month', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='tháng')),
                ('day', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='ngày')),
                ('in_use', models.BooleanField(default=True, verbose_name='đang dùng')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical đợt trao Huy hiệu Đảng',
                'verbose_name_plural': 'historical đợt trao Huy hiệu Đảng',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalBadgeLevel',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('years', models.PositiveSmallIntegerField(db_index=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='số năm tuổi Đảng')),
                ('months_early', models.PositiveSmallIntegerField(default=0, help_text='Khi ốm nặng.', validators=[django.core.validators.MaxValueValidator(60)], verbose_name='trao sớm nhiều nhất (tháng)')),
                ('months_posthumous', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='truy tặng khi còn thiếu nhiều nhất (tháng)')),
                ('in_use', models.BooleanField(default=True, verbose_name='đang dùng')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical mức Huy hiệu Đảng',
                'verbose_name_plural': 'historical mức Huy hiệu Đảng',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='BadgeAward',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='ngày trao')),
                ('kind', models.PositiveSmallIntegerField(choices=[(1, 'Đúng hạn'), (2, 'Trao sớm'), (3, 'Truy tặng')], default=1, verbose_name='hình thức')),
                ('reason', ledger.fields.CleanTextField(blank=True, verbose_name='lý do')),
                ('added', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.change', verbose_name='ghi bởi')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='badges', to='members.member', verbose_name='đảng viên')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='badges', to='organizations.organization', verbose_name='chi bộ')),
                ('voided', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.change', verbose_name='hủy bởi')),
                ('level', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='members.badgelevel', verbose_name='mức')),
            ],
            options={
                'verbose_name': 'Huy hiệu Đảng đã trao',
                'verbose_name_plural': 'Huy hiệu Đảng đã trao',
                'indexes': [models.Index(fields=['on'], name='members_bad_on_24a9cb_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('voided__isnull', True)), fields=('member', 'level'), name='badge_once', violation_error_message='Đảng viên này đã nhận Huy hiệu Đảng mức đó.')],
            },
        ),
        migrations.CreateModel(
            name='CandidateRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('full_name', ledger.fields.CleanCharField(max_length=120, verbose_name='họ và tên')),
                ('given_name', ledger.fields.CleanCharField(blank=True, max_length=40, verbose_name='tên gọi')),
                ('sort_key', ledger.fields.KeyField(db_index=True, derive='_sort_key', editable=False, max_length=1000, verbose_name='khóa sắp xếp')),
                ('search_key', ledger.fields.KeyField(derive='_search_key', editable=False, max_length=250, verbose_name='khóa tìm kiếm')),
                ('sex', models.CharField(choices=[('M', 'Nam'), ('F', 'Nữ')], max_length=1, verbose_name='giới tính')),
                ('birth_date', models.DateField(verbose_name='ngày sinh')),
                ('youth', models.BooleanField(default=False, verbose_name='là đoàn viên')),
                ('added', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.change', verbose_name='ghi bởi')),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='members.candidate', verbose_name='người trong nguồn')),
                ('voided', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.change', verbose_name='hủy bởi')),
            ],
            options={
                'verbose_name': 'lý lịch trong nguồn kết nạp',
                'verbose_name_plural': 'lý lịch trong nguồn kết nạp',
                'ordering': ['sort_key', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('voided__isnull', True)), fields=('candidate',), name='candidate_one_record')],
            },
        ),
        migrations.CreateModel(
            name='CandidateStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.PositiveSmallIntegerField(choices=[(1, 'Đã giới thiệu'), (2, 'Đã học lớp nhận thức về Đảng'), (3, 'Đủ hồ sơ'), (4, 'Đã có quyết định kết nạp'), (5, 'Đã kết nạp'), (6, 'Thôi xét'), (7, 'Xin rút')], verbose_name='bước')),
                ('on', models.DateField(verbose_name='ngày')),
                ('passed', models.BooleanField(default=False, verbose_name='do sắp xếp tổ chức')),
                ('reason', ledger.fields.CleanTextField(blank=True, verbose_name='lý do')),
                ('added', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.change', verbose_name='ghi bởi')),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='members.candidate', verbose_name='người trong nguồn')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='members.member', verbose_name='thành đảng viên')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidate_steps', to='organizations.organization', verbose_name='chi bộ')),
                ('voided', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.change', verbose_name='hủy bởi')),
            ],
            options={
                'verbose_name': 'bước trong nguồn kết nạp',
                'verbose_name_plural': 'bước trong nguồn kết nạp',
                'indexes': [models.Index(fields=['organization', 'on'], name='members_can_organiz_9d9848_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('passed', False), ('voided__isnull', True)), fields=('candidate', 'stage'), name='candidate_step_once', violation_error_message='Bước này của người trong nguồn kết nạp đã được ghi.'), models.CheckConstraint(condition=models.Q(models.Q(('member__isnull', False), ('stage', 5)), models.Q(models.Q(('stage', 5), _negated=True), ('member__isnull', True)), _connector='OR'), name='candidate_member_when_admitted')],
            },
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
