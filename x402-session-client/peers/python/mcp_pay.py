"""Pays a tool of an MCP server twice with the MCP client of the Python package x402, from a session that is then spent, and is
refused a third time. What costs more than a call may is not paid. Arguments: the tool, its arguments as JSON, a word that what it
sells has, the URL of the server, the facilitator and the RPC URL of a devnet."""

import asyncio
import json
import re
import sys

from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client
from x402 import x402Client
from x402.mcp import x402MCPSession
from x402.schemas import PaymentRequired

from payer import equal, register, two_calls

tool, arguments, word, url, facilitator_url, rpc_url = sys.argv[1:]


def text(result):
    return result.content[0].text


async def main(session):
    def paying(max_per_call):
        client = register(x402Client(), spendable, max_per_call)
        return lambda: x402MCPSession(session, client).call_tool(tool, json.loads(arguments))

    await session.initialize()
    unpaid = await session.call_tool(tool, json.loads(arguments))
    equal(unpaid.isError, True)
    equal(word in text(unpaid), False)
    equal(json.loads(text(unpaid)), unpaid.structuredContent)
    offer = PaymentRequired.model_validate(unpaid.structuredContent).accepts[0]
    price = int(offer.amount)
    payer, spendable = await asyncio.to_thread(two_calls, offer, facilitator_url, rpc_url)

    try:
        sys.exit(f"paid beyond the limit: {await paying(price - 1)()}")
    except Exception as declined:
        equal("the session does not pay" in str(declined), True)

    call = paying(price)
    for _ in range(2):
        paid = await call()
        equal((paid.is_error, paid.payment_made), (False, True))
        equal(word in text(paid), True)
        receipt = paid.payment_response
        equal((receipt.success, receipt.amount, receipt.payer), (True, offer.amount, payer))
        equal(bool(re.fullmatch("[0-9a-f]{64}", receipt.transaction)), True)
    refused = await call()
    equal(refused.is_error, True)
    equal(word in text(refused), False)
    equal(refused.raw_result.structuredContent["error"], "cap_exceeded")


async def connected():
    async with streamablehttp_client(url) as (reading, writing, _), ClientSession(reading, writing) as session:
        await main(session)


asyncio.run(connected())
