package io.github.x402sessions.samples.paidchat.revocation;

import java.math.BigInteger;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.client.approval.ApprovalChain;
import io.github.x402sessions.client.approval.ApprovalTimeouts;
import io.github.x402sessions.client.http.JsonHttp;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.samples.paidchat.site.SiteProperties;
import io.github.x402sessions.stellar.approval.ApprovalTerms;
import io.github.x402sessions.stellar.approval.SignedApproval;
import io.github.x402sessions.stellar.approval.UnsignedApproval;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * Approves of nothing: built here, signed elsewhere, sent from here. Only what was built
 * here is sent.
 */
@Component
class Revocations {

	/** Long enough for a person to sign, and for the transaction to be valid. */
	private static final ApprovalTimeouts PATIENCE = new ApprovalTimeouts(Duration.ofMinutes(5), Duration.ofSeconds(50),
			Duration.ofMillis(500));

	private final ApprovalChain chain;

	private final Cache<String, UnsignedApproval> prepared = Caffeine.newBuilder()
		.maximumSize(1000)
		.expireAfterWrite(PATIENCE.validity())
		.build();

	Revocations(SiteProperties properties, @Value("${x402.network:stellar:testnet}") String network) {
		this.chain = new ApprovalChain(properties.rpcUrl(), Network.of(network),
				new JsonHttp(Duration.ofSeconds(5), Duration.ofSeconds(10)), PATIENCE);
	}

	Revocation prepare(String user, String spender, String asset) {
		UnsignedApproval approval = this.chain.prepare(new ApprovalTerms(user, spender, asset, BigInteger.ZERO, 1, 0));
		Revocation revocation = new Revocation(approval.envelope(), approval.hashHex());
		this.prepared.put(revocation.hash(), approval);
		return revocation;
	}

	void send(String hash, String signed) {
		UnsignedApproval approval = this.prepared.getIfPresent(hash);
		if (approval == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "That took too long. End the session once more.");
		}
		this.chain.submit(signed(approval, signed))
			.orThrow(
					(refused) -> new ResponseStatusException(HttpStatus.CONFLICT,
							"The approval stands: " + refused.reason()),
					(unknown) -> new ResponseStatusException(HttpStatus.GATEWAY_TIMEOUT,
							"It is not known whether the approval was taken back. End the session once more."));
		this.prepared.invalidate(hash);
	}

	private static SignedApproval signed(UnsignedApproval approval, String envelope) {
		try {
			return approval.signedAs(envelope);
		}
		catch (IllegalArgumentException ex) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "Nothing was sent: " + ex.getMessage(), ex);
		}
	}

}
