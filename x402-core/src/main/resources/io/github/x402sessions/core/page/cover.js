/**
 * What an approval may be for. It takes the place of the one before, so it covers the wallet's other sessions with the same
 * spender too. Those that this tab knows are covered without a word; of others only the facilitator tells, and a person decides.
 */

import { timeOf } from "./ledger-height.js";
import { toDecimal } from "./money.js";
import { Problem } from "./problem.js";
import { answerTo } from "./question.js";

const LEAVE = "Do not sign";

/** The amount and the end to sign for a session of a cap that ends with a ledger, beside those that are known. */
export async function opening(proposal, { cap, expirationLedger }, known, site) {
	if (proposal.amount < cap || proposal.lastLedger < expirationLedger) {
		throw new Problem("The facilitator offers less than was asked for. Nothing was signed.");
	}
	if (!isCovered(proposal, cap, expirationLedger, known)) {
		const sign = `Sign for ${told(proposal.amount, site)} in all`;
		await agreed("The approval is for more than this session", `Your wallet has other sessions, the facilitator says, which this `
			+ `tab does not know. The approval takes the place of theirs and so covers them too: ${told(proposal.amount, site)} in all, `
			+ `until about ${(await timeOf(proposal.lastLedger, site)).toLocaleString()}.`, [sign]);
	}
	return proposal;
}

/** The same where sessions end: what others need, or nothing. */
export async function ending(proposal, known, site) {
	if (proposal.amount === 0n || isCovered(proposal, 0n, 0, known)) {
		return proposal;
	}
	const left = told(proposal.amount, site);
	const keep = `Keep ${left} for them`;
	const answer = await agreed("Your wallet has other sessions", `The facilitator says so of sessions which this tab does not know: `
		+ `they need ${left}, until about ${(await timeOf(proposal.lastLedger, site)).toLocaleString()}. Keep that approved for them, `
		+ "or take everything back, which ends them.", [keep, "Take everything back"]);
	return answer === keep ? proposal : { amount: 0n, lastLedger: proposal.lastLedger };
}

function isCovered({ amount, lastLedger }, cap, end, known) {
	return amount <= known.reduce((sum, session) => sum + BigInt(session.cap), cap)
		&& lastLedger <= Math.max(end, ...known.map((session) => session.expirationLedger));
}

async function agreed(title, text, answers) {
	const answer = await answerTo(title, text, [...answers, LEAVE]);
	if (answer === null || answer === LEAVE) {
		throw new Problem("You did not agree. Nothing was signed.");
	}
	return answer;
}

const told = (amount, { decimals, symbol = "of the asset" }) => `${toDecimal(amount, decimals)} ${symbol}`;
