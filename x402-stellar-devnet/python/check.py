"""Uses the network as a program does that was written for testnet.

Arguments: the URLs of JSON-RPC, friendbot and faucet, the id of the USDC contract and its issuer.
"""

import re
import sys
from urllib.request import urlopen

from stellar_sdk import Asset, Keypair, MuxedAccount, SorobanServer, TransactionBuilder, scval
from stellar_sdk import xdr as stellar_xdr
from stellar_sdk.exceptions import AccountNotFoundException
from stellar_sdk.soroban_rpc import EventFilter, EventFilterType, GetTransactionStatus, SendTransactionStatus

rpc_url, friendbot_url, faucet_url, usdc, issuer = sys.argv[1:]
server = SorobanServer(rpc_url)
passphrase = server.get_network().passphrase


def fund(key):
    with urlopen(f"{friendbot_url}?addr={key.public_key}") as answer:
        assert answer.status == 200
    assert server.load_account(key.public_key).account.account_id == key.public_key


def builder(source):
    return TransactionBuilder(server.load_account(source.public_key), passphrase, base_fee=100).set_timeout(60)


def call(source, function, *args, actor=None):
    operator = actor.public_key if actor else None
    return builder(source).append_invoke_contract_function_op(usdc, function, args, source=operator).build()


def land(transaction, *signers):
    for signer in signers:
        transaction.sign(signer)
    sent = server.send_transaction(transaction)
    assert sent.status == SendTransactionStatus.PENDING, sent
    found = server.poll_transaction(sent.hash, 100, lambda _: 0.1)
    assert found.status == GetTransactionStatus.SUCCESS, found
    return found


def address(key):
    return scval.to_address(key.public_key)


payer, spender, shop, channel = (Keypair.random() for _ in range(4))
for one in (payer, spender, shop, channel):
    fund(one)
for one in (payer, shop):
    land(builder(one).append_change_trust_op(Asset("USDC", issuer)).build(), one)
with urlopen(f"{faucet_url}?addr={payer.public_key}&amount=1") as paid_out:
    assert paid_out.status == 200

latest = server.get_latest_ledger()
assert stellar_xdr.LedgerHeader.from_xdr(latest.header_xdr).ledger_seq.uint32 == latest.sequence
allowance = [address(payer), address(spender)]
approve = call(payer, "approve", *allowance, scval.to_int128(500), scval.to_uint32(latest.sequence + 1000))
land(server.prepare_transaction(approve), payer)
view = server.simulate_transaction(call(spender, "allowance", *allowance))
assert scval.from_int128(view.results[0].xdr) == 500

# The spender is the operation's source, a channel account the transaction's.
transfer = call(channel, "transfer_from", address(spender), address(payer), address(shop), scval.to_int128(200), actor=spender)
paid = land(server.prepare_transaction(transfer), channel, spender)
assert stellar_xdr.TransactionMeta.from_xdr(paid.result_meta_xdr).v == 4
event = stellar_xdr.ContractEvent.from_xdr(paid.events.contract_events_xdr[0][0]).body.v0
assert scval.from_symbol(event.topics[0]) == "transfer"
assert scval.from_int128(event.data) == 200

topic = [scval.to_symbol("transfer").to_xdr(), "**"]
filters = [EventFilter(type=EventFilterType.CONTRACT, contractIds=[usdc], topics=[topic])]
events = server.get_events(latest.sequence, filters=filters).events
assert [scval.from_int128(one.value) for one in events if one.transaction_hash == paid.transaction_hash] == [200]
assert any(one.transaction_hash == paid.transaction_hash for one in server.get_transactions(latest.sequence).transactions)
ledger = server.get_ledgers(paid.ledger, limit=1).ledgers[0]
meta = stellar_xdr.LedgerCloseMeta.from_xdr(ledger.metadata_xdr).v2
assert any(one.result.transaction_hash.hash.hex() == paid.transaction_hash for one in meta.tx_processing)
assert stellar_xdr.LedgerHeaderHistoryEntry.from_xdr(ledger.header_xdr).hash.hash.hex() == ledger.hash

refused = server.simulate_transaction(call(spender, "transfer_from", address(spender), address(payer), address(shop), scval.to_int128(301)))
assert re.match(r"HostError: Error\(Contract, #9\)", refused.error), refused.error
try:
    server.load_account(Keypair.random().public_key)
    raise AssertionError("an account that does not exist")
except AccountNotFoundException:
    pass
health = server.get_health()
assert health.status == "healthy" and health.latest_ledger >= latest.sequence
assert server.get_fee_stats().soroban_inclusion_fee.max >= 100
assert server.get_version_info().protocol_version == server.get_network().protocol_version

muxed = MuxedAccount(shop.public_key, 42)
gift = call(payer, "transfer", address(payer), scval.to_address(muxed.account_muxed), scval.to_int128(7))
told = server.simulate_transaction(gift).error
if told != "Could not unmarshal transaction":
    given = land(server.prepare_transaction(gift), payer)
    event = stellar_xdr.ContractEvent.from_xdr(given.events.contract_events_xdr[0][0]).body.v0
    assert scval.to_native(event.data) == {"amount": 7, "to_muxed_id": 42}
print("Python SDK: accounts, trustlines, approve, allowance, transfer_from by a channel, events, history, ledgers: as on testnet"
      + ("; muxed recipients are not known here" if told == "Could not unmarshal transaction" else ", muxed recipients too"))
