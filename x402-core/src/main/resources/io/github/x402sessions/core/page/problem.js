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
	session_superseded: ["Another approval has taken this session's place. Open another one to go on.", "reopen"],
	session_not_found: ["The facilitator does not know this session, perhaps because it was started anew. Open another one.", "reopen"],
	payment_expired: ["The payment was signed for a time that is over. Is the clock of this device right? Nothing was charged.", "retry"],
	rate_limited: ["That was too fast. Wait a moment and try again.", null],
	onchain_transfer_failed: ["The ledger refused the payment: look whether your wallet holds enough. Nothing was charged.", null],
	settlement_pending: ["The payment is on its way but not on the ledger yet. Send the same again: it is charged once.", "retry"],
	settlement_unknown: ["It is not known whether the payment went through. Send the same again: it is charged once.", "retry"],
	rpc_error: ["The facilitator cannot reach the ledger. Nothing was charged. Try again in a moment.", "retry"],
};

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
