package io.github.x402sessions.samples.paidchat.transfer;

import java.time.Duration;
import java.util.HexFormat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.samples.paidchat.site.SiteProperties;
import io.github.x402sessions.stellar.exact.AuthorisedTransfer;
import io.github.x402sessions.stellar.exact.TransferAuthorisations;
import io.github.x402sessions.stellar.exact.UnsignedTransfer;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * Transfers that are built here and signed elsewhere. None is sent from here: the page
 * pays with it.
 */
@Component
class WalletTransfers {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	/** Long enough for a person to sign; what is signed is over by then. */
	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private final TransferAuthorisations chain;

	private final Cache<String, UnsignedTransfer> prepared = Caffeine.newBuilder()
		.maximumSize(1000)
		.expireAfterWrite(PATIENCE)
		.build();

	WalletTransfers(SiteProperties properties, @Value("${x402.network:stellar:testnet}") String network) {
		this.chain = new TransferAuthorisations(new HttpStellarRpc(properties.rpcUrl(), TIMEOUT),
				Network.of(network).passphrase());
	}

	WalletTransfer prepare(Transfer transfer, String identifier, Duration timeout) {
		UnsignedTransfer unsigned = this.chain.prepare(transfer, identifier, timeout);
		WalletTransfer made = new WalletTransfer(HexFormat.of().formatHex(unsigned.hash()), unsigned.preimage());
		this.prepared.put(made.hash(), unsigned);
		return made;
	}

	/** Answer the transaction that pays, base64 XDR. */
	String complete(String hash, byte[] signature) {
		UnsignedTransfer unsigned = this.prepared.getIfPresent(hash);
		if (unsigned == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "That took too long. Nothing was charged.");
		}
		AuthorisedTransfer signed = unsigned.signed(signature);
		return this.chain.complete(signed);
	}

}
