"""The office that all sizes are made of: the demonstration, by its own command; and the same on the other kind of database."""


def demonstration() -> None:
    """The demonstration office, as it is on the day of the bench's clock."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_demo", quiet=True)


def move(source: str, target: str) -> None:
    from django.core.management import call_command

    call_command("move_database", source, target, no_verify=True)
