"""Who may: the words every app's rules are made of."""

import rules

from units.enums import Role


@rules.predicate
def is_administrator(user):
    return user.is_superuser


@rules.predicate
def is_standing_body(user):
    return user.is_authenticated and user.authority.is_standing_body


@rules.predicate
def is_standing_body_lead(user):
    return user.is_authenticated and Role.LEAD in user.authority.standing_roles


@rules.predicate
def is_commendation_body(user):
    return user.is_authenticated and user.authority.is_commendation_body


@rules.predicate
def is_commendation_body_lead(user):
    return user.is_authenticated and Role.LEAD in user.authority.commendation_roles


@rules.predicate
def is_leadership(user):
    return user.is_authenticated and user.authority.is_leadership


@rules.predicate
def files_for_unit(user, obj):
    """The person files for the unit the object belongs to."""
    return obj is not None and user.is_authenticated and user.authority.files_for(obj.unit_id)


@rules.predicate
def reads_unit(user, obj):
    """The object belongs to the person's unit, to one below it or to one it succeeded to."""
    return obj is not None and user.is_authenticated and user.authority.reads(obj.unit_id)


@rules.predicate
def administers_unit(user, unit):
    return unit is not None and user.is_authenticated and user.authority.administers(unit.pk)


@rules.predicate
def works_at(user, unit):
    return unit is not None and user.is_authenticated and unit.pk in user.authority.own


@rules.predicate
def judges_or_administers(user, person):
    """The other is one whose acts decide: nobody looks at a desk through somebody else's eyes."""
    if person is None:
        return False
    authority = person.authority
    return person.is_staff or bool(authority.standing_roles | authority.commendation_roles)


@rules.predicate
def is_himself(user, person):
    return user == person


@rules.predicate
def works_somewhere(user):
    return user.is_authenticated and bool(user.authority.own)


@rules.predicate
def owns_token(user, token):
    return token is not None and token.owner_id == user.pk


@rules.predicate
def administers_owner(user, token):
    """The token's owner works at a unit the person administers."""
    return token is not None and any(
        user.authority.administers(membership.unit_id) for membership in token.owner.memberships.current()
    )


is_staff_body = is_standing_body | is_commendation_body

rules.add_perm("units.manage_unit", administers_unit | is_administrator)
rules.add_perm("units.issue_apitoken", works_somewhere)
rules.add_perm("units.revoke_apitoken", owns_token | administers_owner | is_administrator)
rules.add_perm("units.view_people", works_at | is_standing_body | is_administrator)
rules.add_perm("units.support_user", is_administrator & ~judges_or_administers & ~is_himself)
rules.add_perm("units.record_reorganisation", is_administrator)
rules.add_perm("units.apply_reorganisation", is_administrator)
rules.add_perm("units.cancel_reorganisation", is_administrator)
rules.add_perm("units.view_accountrequest", is_standing_body | is_administrator)
for verb in ("approve", "refuse"):
    rules.add_perm(f"units.{verb}_accountrequest", is_standing_body)
rules.add_perm("units.edit_emulationbloc", is_standing_body_lead | is_commendation_body | is_administrator)

for model in ("unit", "unitfunction", "unitsuccession", "reorganisation", "user", "membership"):
    rules.add_perm(f"units.view_{model}", is_administrator)
for model in ("unit", "unitfunction", "user", "membership"):
    rules.add_perm(f"units.add_{model}", is_administrator)
    rules.add_perm(f"units.change_{model}", is_administrator)
for model in ("letterhead", "signer", "recipientlist", "legalbasis"):
    for verb in ("view", "add", "change"):
        rules.add_perm(f"units.{verb}_{model}", is_administrator)
for verb in ("view", "add", "change"):
    rules.add_perm(f"units.{verb}_conflictperiod", is_administrator)
    rules.add_perm(f"core.{verb}_retentionperiod", is_administrator)
for model in ("event", "accesslog", "file", "document", "trustedcertificate", "revocationlist"):
    rules.add_perm(f"core.view_{model}", is_administrator)
for model in ("trustedcertificate", "revocationlist"):
    rules.add_perm(f"core.add_{model}", is_administrator)
rules.add_perm("core.change_trustedcertificate", is_administrator)
for verb in ("view", "add", "change", "delete"):
    rules.add_perm(f"core.{verb}_holiday", is_administrator | is_standing_body_lead)
rules.add_perm("core.view_export", is_standing_body_lead | is_commendation_body_lead | is_administrator)
rules.add_perm("core.view_outboxmail", is_staff_body | is_administrator)
rules.add_perm("core.retry_outboxmail", is_standing_body | is_administrator)
