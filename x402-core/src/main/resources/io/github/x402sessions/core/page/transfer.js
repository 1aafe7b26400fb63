/**
 * The payment of one call by a transfer of its own (the scheme exact). Who builds it is the site's choice; what the wallet
 * is asked to sign is made here once more, of the terms, and has to be the same. The ledger takes one transfer for one number,
 * so that a call whose first signature came to nothing is signed anew under the number of the first.
 */

import { base64, concat, fromBase64, hex, sha256, utf8 } from "./bytes.js";
import { paymentsEnd } from "./ledger-height.js";
import { Problem } from "./problem.js";
import { call, int, party, units } from "./xdr.js";

/** XDR's number: ENVELOPE_TYPE_SOROBAN_AUTHORIZATION. */
const AUTHORISATION = 9;

/** Of a preimage: where its number (8 bytes), its last ledger (4 bytes) and the authorised call stand. */
export const NUMBER = 4 + 32;
const LAST_LEDGER = NUMBER + 8;
export const CALL = LAST_LEDGER + 4;

export class Transfer {

	/** @param site builds transfers and knows the ledger */
	constructor(wallet, { accepted }, identifier, site) {
		this.wallet = wallet;
		this.accepted = accepted;
		this.identifier = identifier;
		this.site = site;
		this.number = null;
		this.made = null;
		this.making = null;
	}

	/** The same over a reload. */
	static restored(wallet, { accepted, identifier, number, made }, site) {
		return Object.assign(new Transfer(wallet, { accepted }, identifier, site), { number, made });
	}

	/** What a reload must not lose. The transaction is signed: whoever has it can pay this recipient with it, once. */
	get saved() {
		const { accepted, identifier, number, made } = this;
		return { accepted, identifier, number, made };
	}

	/** The transaction that pays, base64 XDR; once there is one, always the same. Who asks meanwhile waits for the same signature. */
	async transaction() {
		if (this.made === null) {
			this.making ??= this.#make();
			try {
				this.made = await this.making;
			}
			finally {
				this.making = null;
			}
		}
		return this.made;
	}

	async #make() {
		const { asset, payTo, amount, maxTimeoutSeconds } = this.accepted;
		const wanted = { user: this.wallet.address, asset, payTo, amount, maxTimeoutSeconds, identifier: this.identifier };
		const { hash, preimage } = await this.site.transfers.prepare(wanted);
		await this.#check(preimage, hash);
		const signature = await this.wallet.signAuthEntry(preimage, this.site.passphrase);
		try {
			return await this.site.transfers.complete({ hash, preimage, signature, ...wanted });
		}
		catch (problem) {
			throw new Problem(problem.message, { status: problem.status, remedy: "retry" });
		}
	}

	async #check(preimage, hash) {
		const bytes = fromBase64(preimage);
		const number = hex(bytes.slice(NUMBER, LAST_LEDGER));
		const wanted = await preimageOf(this.wallet.address, this.accepted, this.site.passphrase, bytes.slice(NUMBER, CALL));
		if (base64(wanted) !== preimage || hex(await sha256(bytes)) !== hash || number !== (this.number ?? number)) {
			throw new Problem("What the server wants to be signed is another payment than its terms say. Nothing was signed.");
		}
		const lastLedger = new DataView(bytes.buffer).getUint32(LAST_LEDGER);
		if (lastLedger > await paymentsEnd(this.accepted.maxTimeoutSeconds, this.site, true)) {
			throw new Problem("The server wants a payment that is good for longer than its terms say. Nothing was signed.");
		}
		this.number = number;
	}

}

/** What a wallet hashes and signs: of the call of transfer(from, to, amount), and of nothing that it calls in turn. */
export async function preimageOf(from, { asset, payTo, amount }, passphrase, numberAndLastLedger) {
	return concat(int(AUTHORISATION), await sha256(utf8(passphrase)), numberAndLastLedger,
		int(0), call(asset, "transfer", party(from), party(payTo), units(BigInt(amount))), int(0));
}
