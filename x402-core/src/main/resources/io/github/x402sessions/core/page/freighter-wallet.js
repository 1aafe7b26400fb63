/** The Freighter extension, through its own API (see freighter-api). The key never leaves it. */

import { base64 } from "./bytes.js";
import { Problem } from "./problem.js";

const api = () => globalThis.freighterApi;

export async function hasFreighter() {
	return Boolean(api() && (await api().isConnected()).isConnected);
}

export async function connectFreighter(passphrase) {
	const { address } = checked(await api().requestAccess(), "Freighter gave no account");
	const network = checked(await api().getNetworkDetails(), "Freighter did not tell its network");
	if (network.networkPassphrase !== passphrase) {
		throw new Problem(`Freighter is set to ${network.network}; this site needs "${passphrase}". Switch it and connect again.`);
	}
	return freighterWallet(address);
}

export function freighterWallet(address) {
	return {
		kind: "freighter",
		name: "Freighter",
		address,
		saved: { kind: "freighter", address },
		async signTransaction(envelope, networkPassphrase) {
			const answer = await api().signTransaction(envelope, { networkPassphrase, address });
			return checked(answer, "You did not sign. Nothing was approved").signedTxXdr;
		},
		async signMessage(message) {
			const answer = checked(await api().signMessage(message, { address }), "You did not sign. Nothing was approved");
			return text(answer.signedMessage);
		},
		async signAuthEntry(preimage, networkPassphrase) {
			const answer = await api().signAuthEntry(preimage, { networkPassphrase, address });
			return text(checked(answer, "You did not sign. Nothing was charged").signedAuthEntry);
		},
	};
}

/** A signature in base64, whichever of its versions gave it. */
const text = (signed) => (typeof signed === "string") ? signed : base64(new Uint8Array(signed.data ?? signed));

function checked(answer, failure) {
	if (answer.error) {
		throw new Problem(`${failure}: ${answer.error.message ?? answer.error}`);
	}
	return answer;
}
