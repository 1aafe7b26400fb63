"""What payers of a devnet have in common: a session to spend, and how they say what is not as it should be."""

import sys
from urllib.parse import urljoin

import httpx
from stellar_sdk import Keypair

from session import NETWORK, SessionScheme, open_session


def equal(value, expected):
    if value != expected:
        sys.exit(f"{value!r} instead of {expected!r}")


def two_calls(offer, facilitator_url, rpc_url):
    """Open a session of a new account that pays two calls of an offer. Return the account's address and the session."""
    payer = Keypair.random()
    for path in f"friendbot?addr={payer.public_key}", f"faucet?addr={payer.public_key}&amount=1":
        equal(httpx.get(urljoin(rpc_url, path), timeout=60).status_code, 200)
    cap = 2 * int(offer.amount)
    return payer.public_key, open_session(payer.secret, facilitator_url, rpc_url, recipient=offer.pay_to, cap=cap)


def register(client, session, max_per_call):
    """Have a client of the package pay from a session, up to a limit a call."""
    client.register(NETWORK, SessionScheme(session, max_per_call))
    client.set_spend_controls({"allowed_assets": [{"network": NETWORK, "asset": session.asset}]})
    return client
