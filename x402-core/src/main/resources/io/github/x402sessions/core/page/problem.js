/** Something that a person can be told, and what they can do about it. */

export class Problem extends Error {

	/**
	 * @param remedy "retry" wherever the same may be sent again: what may have been charged has no other
	 * @param uncharged whether the server has said that this try was not charged
	 * @param busy whether the same is being handled at this moment
	 * @param receipt of a payment that was made, for nothing
	 */
	constructor(message, { status = 0, retryAfter = 0, remedy = null, uncharged = false, busy = false, receipt = null } = {}) {
		super(message);
		Object.assign(this, { status, retryAfter, remedy, uncharged, busy, receipt });
	}

}

const AGAIN = "Send the same again: it is charged once.";

const EARLIER = "An earlier try may have been charged: look into your wallet before you pay again.";

const ASK = "Ask who runs this site before you pay again.";

/** For certain, this try was charged nothing. */
const refused = (what, then = "", remedy = null) => ({ what, then, remedy, uncharged: true });

/** It may have been charged, or was. */
const open = (what, then = AGAIN) => ({ what, then, remedy: "retry", uncharged: false });

const NOT_ENOUGH = refused("The ledger refused the payment: look whether your wallet holds enough.");

const UNKNOWN = open("It is not known whether the payment went through.");

const SPENT = open("This payment was made before, and its answer is not kept.", ASK);

const REASONS = {
	cap_exceeded: refused("Your session's budget is used up.", "Top it up to go on.", "top-up"),
	session_expired: refused("Your session has ended.", "Open another one to go on.", "reopen"),
	session_superseded: refused("Your session has ended: it was closed, or its approval was taken back or replaced.",
		"Open another one to go on.", "reopen"),
	session_not_found: refused("The facilitator does not know this session, perhaps because it was started anew.",
		"Open another one.", "reopen"),
	payment_expired: refused("The payment was signed for a time that is over. Is the clock of this device right?", "", "retry"),
	rate_limited: refused("That was too fast.", "Wait a moment and send it again.", "retry"),
	onchain_transfer_failed: NOT_ENOUGH,
	settlement_pending: open("The payment is on its way but not on the ledger yet."),
	settlement_unknown: UNKNOWN,
	invalid_exact_stellar_payload_simulation_failed: NOT_ENOUGH,
	settle_exact_stellar_transaction_failed: NOT_ENOUGH,
	insufficient_funds: NOT_ENOUGH,
	duplicate_settlement: SPENT,
	payment_identifier_conflict: SPENT,
	rpc_error: refused("The facilitator cannot reach the ledger.", "Try again in a moment.", "retry"),
};

const OURS = "urn:x402-sessions:problem:";

const NOT_USED = refused("The server did not take the payment.");

const UNREACHABLE = refused("The facilitator cannot be reached, so nothing can be paid.", "Try again in a moment.", "retry");

/** What our servers say of a payment other than the facilitator's reason: the ends of their problems' types. */
const TYPES = {
	"malformed-payment": NOT_USED,
	"payment-identifier-missing": NOT_USED,
	"signed-body-too-long": NOT_USED,
	"signed-body-too-slow": NOT_USED,
	"signed-bodies-crowded": UNREACHABLE,
	"malformed-form": NOT_USED,
	"denied": refused("This is not for sale to you."),
	"protocol-change": NOT_USED,
	"facilitator-unavailable": UNREACHABLE,
	"facilitator-unusable": refused("The facilitator is of no use to this server, so nothing can be paid.", "Ask who runs this site."),
	"route-not-payable": refused("Nobody takes payments for this now."),
	"challenge-too-large": NOT_USED,
	"request-target-too-long": NOT_USED,
	"stream-not-held": refused("The server cannot send the answer now.", "Try again in a moment.", "retry"),
	"payment-identifier-busy": { ...open("The same payment is being handled at this moment."), busy: true },
	"payment-identifier-spent": SPENT,
	"settlement-unknown": UNKNOWN,
	"settlement-not-proven": open("The facilitator cannot prove the payment, so nothing was given for it.", ASK),
	"answers-unavailable": refused("The server cannot tell now whether this was paid before.",
		"Send it again in a moment: it is charged once.", "retry"),
};

/**
 * The problem that an answer tells, which is no 402; its body is read. Our own servers alone say that nothing was charged: a proxy
 * in front of one does not know, nor does who reads the failure of a page.
 * @param doubt whether an earlier try may have been charged
 */
export async function ofAnswer(response, doubt) {
	const { status } = response;
	const type = await response.json().then((problem) => String(problem.type), () => "");
	const known = type.startsWith(OURS) && TYPES[type.slice(OURS.length)];
	return told(known || open(`The server could not answer (${status}), and it is not known whether the payment was made.`),
		doubt, { status });
}

/** The problem of a payment that was refused. */
export function ofReason(reason, doubt) {
	return told(REASONS[reason] ?? refused(`The payment was refused (${reason}).`), doubt);
}

export const priceChanged = (doubt) => told(refused("The price has changed.", "Reload the page to see the new one."), doubt);

/** What was refused now may have been charged before. */
function told({ what, then, remedy, uncharged, busy }, doubt, { status } = {}) {
	const parts = !uncharged ? [what, then] : doubt ? [what, EARLIER] : [what, "Nothing was charged.", then];
	return new Problem(parts.filter((part) => part).join(" "),
		{ status, remedy: uncharged && doubt ? "retry" : remedy, uncharged, busy });
}
