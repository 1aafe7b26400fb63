package io.github.x402sessions.samples.paidchat.site;

import io.github.x402sessions.core.price.Network;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the pages what they run on. Prices are not among it: the pages read them from the
 * 402 answers.
 */
@RestController
class SiteController {

	private final Site site;

	SiteController(SiteProperties properties, @Value("${x402.network:stellar:testnet}") String network,
			@Value("${paid-chat.demo-wallet:false}") boolean demoWallet) {
		Network known = Network.of(network);
		String name = demoWallet ? "a ledger inside this process"
				: (known == Network.STELLAR_PUBNET) ? "the Stellar public network" : "the Stellar test network";
		this.site = new Site(name, known.passphrase(), demoWallet, properties.explorer());
	}

	@GetMapping("/api/site")
	Site site() {
		return this.site;
	}

	/**
	 * Settings that the pages read.
	 *
	 * @param networkName the network, for people
	 * @param passphrase the network, for signatures
	 * @param demoWallet whether a page may make a wallet of its own
	 * @param explorer where a transaction can be looked at
	 */
	record Site(String networkName, String passphrase, boolean demoWallet, String explorer) {
	}

}
