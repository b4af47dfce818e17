# The first tables of this floor.

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='LegalEntity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('slug', models.SlugField(unique=True)),
                ('legal_form', models.CharField(choices=[('association_1901', 'association loi 1901'), ('scic_sa', 'SCIC SA'), ('scic_sas', 'SCIC SAS'), ('scic_sarl', 'SCIC SARL')], max_length=20)),
                ('seat', models.CharField(blank=True, max_length=160, verbose_name='siège')),
                ('founded_on', models.DateField(blank=True, null=True)),
                ('is_fiction', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='adresse électronique')),
                ('given_name', models.CharField(max_length=80, verbose_name='prénom')),
                ('family_name', models.CharField(blank=True, max_length=80, verbose_name='nom')),
                ('language', models.CharField(choices=[('fr', 'Français'), ('en', 'English')], default='fr', max_length=5, verbose_name='langue')),
                ('is_guest', models.BooleanField(default=False, verbose_name='invité')),
                ('is_fiction', models.BooleanField(default=False, verbose_name='personne fictive')),
                ('is_staff', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('joined_at', models.DateTimeField(auto_now_add=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=80)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('last_used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='GoverningBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('assembly', 'assemblée générale'), ('board', 'conseil d’administration'), ('executive', 'bureau'), ('sector', 'groupe de secteur'), ('committee', 'commission')], max_length=10)),
                ('name', models.CharField(max_length=120)),
                ('seats', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('term_years', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('entity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bodies', to='cooperation.legalentity')),
            ],
            options={
                'ordering': ['entity_id', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='College',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter', models.CharField(max_length=2)),
                ('name', models.CharField(max_length=80)),
                ('entity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='colleges', to='cooperation.legalentity')),
            ],
            options={
                'ordering': ['entity_id', 'letter'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('beneficiary', 'bénéficiaire'), ('employee', 'salariée ou salarié'), ('producer', 'productrice ou producteur'), ('volunteer', 'bénévole'), ('public_body', 'collectivité publique'), ('partner', 'partenaire'), ('member', 'membre')], default='member', max_length=12)),
                ('register_number', models.PositiveIntegerField()),
                ('applied_on', models.DateField()),
                ('admitted_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('college', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='cooperation.college')),
                ('entity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='cooperation.legalentity')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['entity_id', 'register_number'],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', 'membre'), ('chair', 'présidence'), ('co_chair', 'coprésidence'), ('treasurer', 'trésorerie'), ('secretary', 'secrétariat')], default='member', max_length=10)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to='cooperation.governingbody')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mandates', to='cooperation.membership')),
            ],
            options={
                'ordering': ['body_id', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sentence', models.CharField(max_length=300)),
                ('url', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('association', 'association'), ('cooperative', 'coopérative'), ('mutual', 'mutuelle'), ('foundation', 'fondation'), ('enterprise', 'entreprise sociale'), ('public_body', 'collectivité publique'), ('network', 'tête de réseau')], max_length=12)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('structures', models.PositiveIntegerField(default=1, verbose_name='structures représentées')),
                ('founded_on', models.DateField(blank=True, null=True)),
                ('is_fiction', models.BooleanField(default=False, verbose_name='organisation fictive')),
                ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='affiliates', to='cooperation.organisation')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='NetworkEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('event', 'événement'), ('study_day', 'journée d’étude'), ('workshops', 'série d’ateliers'), ('meeting', 'réunion'), ('milestone', 'étape de la vie du réseau')], max_length=12)),
                ('title', models.CharField(max_length=160)),
                ('text', models.TextField(blank=True)),
                ('place', models.CharField(blank=True, max_length=160)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                ('url', models.CharField(blank=True, max_length=200)),
                ('partners', models.ManyToManyField(blank=True, related_name='events', to='cooperation.organisation')),
            ],
            options={
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='membership',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='cooperation.organisation'),
        ),
        migrations.CreateModel(
            name='Representation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('titular', 'titulaire'), ('substitute', 'suppléance')], max_length=10)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='representations', to='cooperation.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='representations', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Sector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('employer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cooperation.organisation')),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['position', 'name'],
            },
        ),
        migrations.AddField(
            model_name='organisation',
            name='sectors',
            field=models.ManyToManyField(blank=True, related_name='organisations', to='cooperation.sector'),
        ),
        migrations.CreateModel(
            name='Statutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('in_force_from', models.DateField()),
                ('decided_by', models.CharField(blank=True, max_length=200, verbose_name='décidés par')),
                ('pooling', models.CharField(choices=[('none', 'une personne, une voix'), ('proportional', 'par collèges, règle de la proportionnalité'), ('winner_takes_all', 'par collèges, règle majoritaire')], default='none', max_length=20)),
                ('empty_college', models.CharField(choices=[('lost', 'son poids est perdu'), ('proportional', 'son poids est partagé en proportion'), ('equal', 'son poids est partagé à égalité, sauf aux collèges déjà à 50 %'), ('suspend', 'la pondération est suspendue')], default='lost', max_length=12)),
                ('silent_college', models.CharField(choices=[('void', 'il ne pèse pas'), ('empty', 'il est traité comme un collège sans membre')], default='void', max_length=8)),
                ('weight_basis', models.CharField(choices=[('equal', 'un poids égal par collège'), ('activity', 'la participation à l’activité'), ('development', 'la contribution au développement'), ('capital', 'le capital apporté')], default='activity', max_length=12)),
                ('tie', models.CharField(choices=[('void', 'le collège ne pèse pas'), ('against', 'le collège compte contre'), ('split', 'le poids du collège est partagé')], default='void', max_length=8)),
                ('base', models.CharField(choices=[('expressed', 'suffrages exprimés'), ('present', 'présents ou représentés')], default='expressed', max_length=10)),
                ('denominator', models.CharField(choices=[('all', 'l’ensemble des poids'), ('cast', 'les poids exprimés, pour et contre')], default='all', max_length=4)),
                ('ordinary_numerator', models.PositiveSmallIntegerField(default=1)),
                ('ordinary_denominator', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1)])),
                ('ordinary_is_strict', models.BooleanField(default=True)),
                ('extraordinary_numerator', models.PositiveSmallIntegerField(default=2)),
                ('extraordinary_denominator', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1)])),
                ('extraordinary_is_strict', models.BooleanField(default=False)),
                ('quorum_first_numerator', models.PositiveSmallIntegerField(default=0)),
                ('quorum_first_denominator', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)])),
                ('quorum_second_numerator', models.PositiveSmallIntegerField(default=0)),
                ('quorum_second_denominator', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)])),
                ('quorum_is_weighted', models.BooleanField(default=False)),
                ('quorum_per_college', models.BooleanField(default=False)),
                ('notice_days_first', models.PositiveSmallIntegerField(default=15)),
                ('notice_days_second', models.PositiveSmallIntegerField(default=10)),
                ('allows_remote_voting', models.BooleanField(default=True)),
                ('entity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statutes', to='cooperation.legalentity')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'statutes',
                'ordering': ['entity_id', '-in_force_from', '-version'],
            },
        ),
        migrations.CreateModel(
            name='CollegeWeight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)])),
                ('college', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='weights', to='cooperation.college')),
                ('statutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weights', to='cooperation.statutes')),
            ],
            options={
                'ordering': ['college__letter'],
            },
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('is_guest', True), ('email__isnull', False), _connector='OR'), name='only_guests_have_no_email'),
        ),
        migrations.AddConstraint(
            model_name='college',
            constraint=models.UniqueConstraint(fields=('entity', 'letter'), name='one_college_per_letter'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('body', 'person'), name='one_running_mandate_per_body'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='mandate_in_order'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(fields=['person', '-at'], name='cooperation_person__aab2a8_idx'),
        ),
        migrations.AddConstraint(
            model_name='networkevent',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='event_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('person__isnull', True)), models.Q(('organisation__isnull', True), ('person__isnull', False)), _connector='OR'), name='a_member_is_a_person_or_an_organisation'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('entity', 'register_number'), name='one_member_per_register_number'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True), ('person__isnull', False)), fields=('entity', 'person'), name='one_membership_per_person'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True), ('organisation__isnull', False)), fields=('entity', 'organisation'), name='one_membership_per_organisation'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('admitted_on__isnull', True), ('admitted_on__gte', models.F('applied_on')), _connector='OR'), name='admitted_after_applied'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), models.Q(('admitted_on__isnull', False), ('ended_on__gte', models.F('admitted_on'))), _connector='OR'), name='ended_after_admitted'),
        ),
        migrations.AddConstraint(
            model_name='representation',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('organisation', 'role'), name='one_representative_per_role'),
        ),
        migrations.AddConstraint(
            model_name='representation',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='representation_in_order'),
        ),
        migrations.AddConstraint(
            model_name='statutes',
            constraint=models.UniqueConstraint(fields=('entity', 'version'), name='one_statutes_per_version'),
        ),
        migrations.AddConstraint(
            model_name='statutes',
            constraint=models.CheckConstraint(condition=models.Q(('extraordinary_denominator__gte', 1), ('ordinary_denominator__gte', 1), ('quorum_first_denominator__gte', 1), ('quorum_second_denominator__gte', 1)), name='no_share_over_zero'),
        ),
        migrations.AddConstraint(
            model_name='statutes',
            constraint=models.CheckConstraint(condition=models.Q(('extraordinary_numerator__lte', models.F('extraordinary_denominator')), ('ordinary_numerator__lte', models.F('ordinary_denominator')), ('quorum_first_numerator__lte', models.F('quorum_first_denominator')), ('quorum_second_numerator__lte', models.F('quorum_second_denominator'))), name='no_share_over_one'),
        ),
        migrations.AddConstraint(
            model_name='collegeweight',
            constraint=models.UniqueConstraint(fields=('statutes', 'college'), name='one_weight_per_college'),
        ),
        migrations.AddConstraint(
            model_name='collegeweight',
            constraint=models.CheckConstraint(condition=models.Q(('points__gte', 1)), name='a_college_weighs_something'),
        ),
    ]
