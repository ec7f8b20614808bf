"""RSA keys of the synthetic certificates, the same on every machine.

The primes are found from hashes, so anybody can compute the private keys: they protect nothing and
are never written to a file. All certificates share a small pool.
"""

from functools import cache
from hashlib import shake_256
from math import gcd

from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPrivateNumbers,
    RSAPublicNumbers,
)

POOL = 6  # keys of holders; each issuer has one more
KEY_BITS = 2048
EXPONENT = 65_537
SIEVE_BELOW = 20_000
WITNESSES = (2, 3, 5, 7, 11, 13, 17, 19)  # enough where nobody chose the candidates to deceive


@cache
def key(label: str) -> RSAPrivateKey:
    """The key of this label. Takes half a second the first time; cached."""
    p, q = _prime(f"{label} p"), _prime(f"{label} q")
    d = pow(EXPONENT, -1, (p - 1) * (q - 1))
    public = RSAPublicNumbers(EXPONENT, p * q)
    return RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public).private_key()


@cache
def _small_primes() -> tuple[int, ...]:
    composite = bytearray(SIEVE_BELOW)
    for number in range(3, int(SIEVE_BELOW**0.5) + 1, 2):
        composite[number * number :: 2 * number] = b"\1" * len(range(number * number, SIEVE_BELOW, 2 * number))
    return tuple(number for number in range(3, SIEVE_BELOW, 2) if not composite[number])


def _prime(label: str) -> int:
    """The first prime at or above a hash whose two highest bits are set."""
    bits = KEY_BITS // 2
    candidate = int.from_bytes(shake_256(label.encode()).digest(bits // 8), "big")
    candidate |= 0b11 << (bits - 2) | 1
    while not _is_prime(candidate) or gcd(candidate - 1, EXPONENT) != 1:
        candidate += 2
    return candidate


def _is_prime(candidate: int) -> bool:
    """Trial division, then Miller-Rabin."""
    if any(candidate % prime == 0 for prime in _small_primes()):
        return False
    twos = ((candidate - 1) & (1 - candidate)).bit_length() - 1
    odd = (candidate - 1) >> twos
    return all(_passes(candidate, witness, odd, twos) for witness in WITNESSES)


def _passes(candidate: int, witness: int, odd: int, twos: int) -> bool:
    power = pow(witness, odd, candidate)
    if power in (1, candidate - 1):
        return True
    return any((power := power * power % candidate) == candidate - 1 for _ in range(twos - 1))
