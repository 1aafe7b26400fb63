// The clients of x402 for JavaScript as they are, with a scheme registered the way their documentation says.
import { wrapAxiosWithPayment, x402Client as AxiosClient } from "@x402/axios";
import { wrapFetchWithPayment, x402Client } from "@x402/fetch";
import axios from "axios";

const clients = {
	fetch(url, network, scheme, asset) {
		const client = new x402Client().register(network, scheme).setSpendControls({ allowedAssets: [{ network, asset }] });
		const paying = wrapFetchWithPayment(fetch, client);
		return async () => {
			const answer = await paying(url);
			return { status: answer.status, header: (field) => answer.headers.get(field), body: await answer.json() };
		};
	},
	axios(url, network, scheme) {
		const paying = wrapAxiosWithPayment(axios.create(), new AxiosClient().register(network, scheme));
		return async () => {
			const answer = await paying.get(url).catch((error) => error.response ?? Promise.reject(error));
			return { status: answer.status, header: (field) => answer.headers[field], body: answer.data };
		};
	},
};

// Make a function that gets a URL and pays with a scheme: by the client "fetch" or "axios".
export function getter(name, url, network, scheme, asset) {
	return clients[name](url, network, scheme, asset);
}
