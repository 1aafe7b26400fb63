"""The session scheme for clients of the Python package x402: open a session once, register it, and every 402 that it fits
is paid from it."""

import base64
from dataclasses import dataclass, field

import httpx
from stellar_sdk import Keypair, Network, SorobanServer, TransactionBuilder, scval
from stellar_sdk.soroban_rpc import GetTransactionStatus

NETWORK = "stellar:testnet"
USDC = "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA"


@dataclass(frozen=True)
class Session:
    """An open session. Its id is a secret: whoever has it can spend the session at that recipient's."""

    id: str = field(repr=False)
    asset: str
    recipient: str


def open_session(secret, facilitator_url, rpc_url, recipient, cap, asset=USDC, ledgers=720):
    """Open a session that pays a recipient up to the cap (base units): approve that to the facilitator on the chain and
    register it. Which facilitator may spend, and of which asset, is the caller's choice, never that of a server."""
    payer = Keypair.from_secret(secret)
    kinds = _answer(httpx.get(f"{facilitator_url}/supported"))["kinds"]
    spender = next(kind for kind in kinds if kind["scheme"] == "session" and kind["network"] == NETWORK)["extra"]["spender"]

    chain = SorobanServer(rpc_url)
    expiration_ledger = chain.get_latest_ledger().sequence + ledgers
    unsigned = (
        TransactionBuilder(chain.load_account(payer.public_key), Network.TESTNET_NETWORK_PASSPHRASE, base_fee=100)
        .append_invoke_contract_function_op(
            asset,
            "approve",
            [
                scval.to_address(payer.public_key),
                scval.to_address(spender),
                scval.to_int128(cap),
                scval.to_uint32(expiration_ledger),
            ],
        )
        .set_timeout(60)
        .build()
    )
    transaction = chain.prepare_transaction(unsigned)
    transaction.sign(payer)
    approval = chain.send_transaction(transaction).hash
    landed = chain.poll_transaction(approval, max_attempts=60)
    if landed.status != GetTransactionStatus.SUCCESS:
        raise RuntimeError(f"the approve {approval} has not landed: {landed.status}")

    # The owner says whom the session pays: an approve is public, and without this anybody could register it.
    terms = f"x402-session:v1:{NETWORK}:{asset}:{recipient}:{cap}:{expiration_ledger}:{approval}"
    registration = {
        "approvalTxHash": approval,
        "user": payer.public_key,
        "asset": asset,
        "recipient": recipient,
        "cap": str(cap),
        "expirationLedger": expiration_ledger,
        "network": NETWORK,
        "proof": base64.b64encode(payer.sign_message(terms)).decode(),
    }
    registered = _answer(httpx.post(f"{facilitator_url}/sessions", json=registration))
    return Session(registered["sessionId"], asset, recipient)


def _answer(answer):
    if answer.is_error:
        raise RuntimeError(f"{answer.url} answers {answer.status_code}: {answer.text}")
    return answer.json()


class SessionScheme:
    """Pays from an open session: only where its asset is to be paid to its recipient, for no more than the limit (base
    units) a call."""

    scheme = "session"

    def __init__(self, session, max_per_call):
        self._session = session
        self._max_per_call = max_per_call

    def create_payment_payload(self, requirements):
        asked = (requirements.asset, requirements.pay_to)
        if asked != (self._session.asset, self._session.recipient) or int(requirements.amount) > self._max_per_call:
            raise ValueError(f"the session does not pay {requirements.amount} of {asked[0]} to {asked[1]}")
        return {"sessionId": self._session.id}
