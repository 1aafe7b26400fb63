/*
 * Answers the page as the Freighter extension does, with a key of its own. What it can do is what the page may ask of a
 * wallet; window.refuseToSign is the person who clicks "Reject", window.freightersNetwork the network it is set to.
 */
(() => {
	const declined = { code: -4, message: "The user rejected this request." };
	const account = crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);

	const bytes = (text) => new TextEncoder().encode(text);
	const sha256 = async (data) => new Uint8Array(await crypto.subtle.digest("SHA-256", data));
	const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
	const sign = async (data) => new Uint8Array(await crypto.subtle.sign("Ed25519", (await account).privateKey, data));
	const publicKey = async () => new Uint8Array(await crypto.subtle.exportKey("raw", (await account).publicKey));
	const encode = (data) => btoa(String.fromCharCode(...data));

	async function address() {
		const body = join([48], await publicKey());
		let crc = 0;
		for (const byte of body) {
			crc ^= byte << 8;
			for (let bit = 0; bit < 8; bit++) {
				crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
			}
		}
		const bits = [...join(body, [crc & 255, crc >> 8])].map((byte) => byte.toString(2).padStart(8, "0")).join("");
		return bits.match(/.{5}/g).map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[parseInt(five, 2)]).join("");
	}

	const answers = {
		REQUEST_CONNECTION_STATUS: async () => ({ isConnected: true }),
		REQUEST_ALLOWED_STATUS: async () => ({ isAllowed: true }),
		REQUEST_ACCESS: async () => ({ publicKey: await address() }),
		REQUEST_NETWORK_DETAILS: async () => ({ networkDetails: { network: "TESTNET", networkUrl: "",
			networkPassphrase: window.freightersNetwork ?? "Test SDF Network ; September 2015" } }),
		SUBMIT_TRANSACTION: async ({ transactionXdr, networkPassphrase, accountToSign }) => {
			if (window.refuseToSign || accountToSign !== await address()) {
				return { apiError: declined };
			}
			const unsigned = Uint8Array.from(atob(transactionXdr), (character) => character.charCodeAt(0)).slice(0, -4);
			const signature = await sign(await sha256(join(await sha256(bytes(networkPassphrase)), unsigned)));
			const envelope = join(unsigned, [0, 0, 0, 1], (await publicKey()).slice(-4), [0, 0, 0, 64], signature);
			return { signedTransaction: encode(envelope), signerAddress: accountToSign };
		},
		SUBMIT_AUTH_ENTRY: async ({ entryXdr, accountToSign }) => window.refuseToSign || accountToSign !== await address()
			? { apiError: declined }
			: { signedAuthEntry: encode(await sign(await sha256(Uint8Array.from(atob(entryXdr), (character) => character.charCodeAt(0))))),
				signerAddress: accountToSign },
		SUBMIT_BLOB: async ({ blob }) => window.refuseToSign ? { apiError: declined }
			: { signedBlob: encode(await sign(await sha256(bytes(`Stellar Signed Message:\n${blob}`)))), signerAddress: await address() },
	};

	window.addEventListener("message", async ({ data }) => {
		if (data?.source === "FREIGHTER_EXTERNAL_MSG_REQUEST") {
			const answer = await answers[data.type](data);
			window.postMessage({ source: "FREIGHTER_EXTERNAL_MSG_RESPONSE", messagedId: data.messageId, ...answer }, location.origin);
		}
	});
})();
