"""Pays a server twice with the Python package x402, over httpx or requests, from a session that is then spent, and is
refused a third time. What costs more than a call may is not paid. Arguments: httpx or requests, the URL, the facilitator and the
RPC URL of a devnet."""

import asyncio
import re
import sys

import httpx
from x402 import x402Client, x402ClientSync
from x402.http.clients import x402_requests, x402HttpxClient
from x402.http.utils import decode_payment_required_header, decode_payment_response_header

from payer import equal, register, two_calls

name, url, facilitator_url, rpc_url = sys.argv[1:]


def over_httpx(client):
    async def get():
        async with x402HttpxClient(client, timeout=60) as http:
            return await http.get(url)

    return lambda: asyncio.run(get())


def over_requests(client):
    http = x402_requests(client)
    return lambda: http.get(url, timeout=60)


unpaid = httpx.get(url)
equal(unpaid.status_code, 402)
offer = decode_payment_required_header(unpaid.headers["payment-required"]).accepts[0]
price = int(offer.amount)
payer, session = two_calls(offer, facilitator_url, rpc_url)


def paying(max_per_call):
    client, over = {"httpx": (x402Client(), over_httpx), "requests": (x402ClientSync(), over_requests)}[name]
    return over(register(client, session, max_per_call))


try:
    sys.exit(f"paid beyond the limit: {paying(price - 1)()}")
except Exception as declined:  # each client has a PaymentError of its own
    equal("the session does not pay" in str(declined), True)

get = paying(price)
for _ in range(2):
    paid = get()
    equal(paid.status_code, 200)
    equal(bool(re.search(r"\w+ \w+", paid.json()["quote"])), True)
    receipt = decode_payment_response_header(paid.headers["payment-response"])
    equal((receipt.success, receipt.amount, receipt.payer), (True, offer.amount, payer))
    equal(bool(re.fullmatch("[0-9a-f]{64}", receipt.transaction)), True)
refused = get()
equal(refused.status_code, 402)
equal("quote" in refused.json(), False)
equal(decode_payment_required_header(refused.headers["payment-required"]).error, "cap_exceeded")
equal(decode_payment_response_header(refused.headers["payment-response"]).error_reason, "cap_exceeded")
