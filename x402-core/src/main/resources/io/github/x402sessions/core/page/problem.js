/** Something that a person can be told, and what they can do about it. */

export class Problem extends Error {

	constructor(message, { status = 0, retryAfter = 0, remedy = null } = {}) {
		super(message);
		this.status = status;
		this.retryAfter = retryAfter;
		this.remedy = remedy;
	}

}

const REASONS = {
	cap_exceeded: ["Your session's budget is used up. Nothing was charged. Top it up to go on.", "top-up"],
	session_expired: ["Your session has ended. Nothing was charged. Open another one to go on.", "reopen"],
	session_superseded: ["Your session has ended: it was closed, or its approval was taken back or replaced. Nothing was charged. "
		+ "Open another one to go on.", "reopen"],
	session_not_found: ["The facilitator does not know this session, perhaps because it was started anew. Open another one.", "reopen"],
	payment_expired: ["The payment was signed for a time that is over. Is the clock of this device right? Nothing was charged.", "retry"],
	rate_limited: ["That was too fast. Wait a moment and send it again: it is charged once.", "retry"],
	onchain_transfer_failed: ["The ledger refused the payment: look whether your wallet holds enough. Nothing was charged.", null],
	settlement_pending: ["The payment is on its way but not on the ledger yet. Send the same again: it is charged once.", "retry"],
	settlement_unknown: ["It is not known whether the payment went through. Send the same again: it is charged once.", "retry"],
	duplicate_settlement: ["This payment was made and its answer given before. Nothing was charged again.", null],
	rpc_error: ["The facilitator cannot reach the ledger. Nothing was charged. Try again in a moment.", "retry"],
};

/** What servers say of a payment other than the facilitator's reason: the ends of their problems' types. */
const TYPES = {
	"payment-identifier-busy": ["The same payment is being handled at this moment. Send it again: it is charged once.", "retry"],
	"payment-identifier-spent": ["This payment was made before, and its answer is not kept. Ask who runs this site before you pay again.", null],
	"settlement-unknown": REASONS.settlement_unknown,
	"settlement-not-proven": ["The facilitator cannot prove the payment, so nothing was given for it. Ask who runs this site before you pay again.", null],
	"answers-unavailable": ["The server cannot tell now whether this was paid before. Send it again in a moment: it is charged once.", "retry"],
};

/** The problem that an answer tells, which is no 402; its body is read. */
export async function ofAnswer(response) {
	const type = await response.json().then((problem) => String(problem.type), () => "");
	const [message, remedy] = TYPES[type.replace(/^.*[/:]/, "")] ?? [];
	return message ? new Problem(message, { status: response.status, remedy }) : ofStatus(response.status);
}

export function ofReason(reason) {
	const [message, remedy] = REASONS[reason] ?? [`The payment was refused (${reason}). Nothing was charged.`, null];
	return new Problem(message, { remedy });
}

export function ofStatus(status) {
	if (status === 502 || status === 503) {
		return new Problem("The facilitator cannot be reached, so nothing can be paid. Nothing was charged. Try again in a moment.",
			{ status, remedy: "retry" });
	}
	return new Problem(`The server could not answer (${status}). Nothing was charged.`, { status });
}
