"""Password hashing sized for one small machine."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OfficeArgon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB and two passes (OWASP's minimum): the default takes 100 MiB a login."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
