package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who has a session's key, and signs as docs/protocol.md says, written here once
 * more from its text.
 */
final class SessionHolder {

	private static final int KEY_BYTES = 32;

	private static final BigInteger GROUP_ORDER = BigInteger.TWO.pow(252)
		.add(new BigInteger("27742317777372353535851937790883648493"));

	private final KeyPair pair = newKey();

	final FacilitatorEnvironment environment;

	final Map<String, Object> claims;

	final String sessionId;

	private SessionHolder(FacilitatorEnvironment environment, Payer payer, Map<String, Object> approved) {
		this.environment = environment;
		this.claims = Proofs.signed(keyed(approved, key()), payer.key);
		Reply registered = environment.client.post("/sessions", this.claims);
		assertThat(registered.status()).as("%s", registered.body()).isEqualTo(201);
		this.sessionId = registered.text("sessionId");
	}

	/** Open a session with a key. */
	static SessionHolder of(FacilitatorEnvironment environment, long cap) {
		Payer payer = environment.payer();
		return new SessionHolder(environment, payer, payer.approved(cap));
	}

	/** Open a session with a key that lasts for many ledgers. */
	static SessionHolder of(FacilitatorEnvironment environment, long cap, long ledgers) {
		Payer payer = environment.payer();
		return new SessionHolder(environment, payer, payer.approved(cap, environment.devnet.latestLedger() + ledgers));
	}

	static Map<String, Object> keyed(Map<String, Object> claims, String key) {
		Map<String, Object> keyed = new LinkedHashMap<>(claims);
		keyed.put("sessionKey", key);
		return keyed;
	}

	/** Return the public key as it is written on the wire. */
	String key() {
		return key(this.pair);
	}

	/** As a stranger finds who is shown the evidence, with the JDK alone. */
	boolean hasSigned(String text, String signature) {
		try {
			Signature verifier = Signature.getInstance("Ed25519");
			verifier.initVerify(this.pair.getPublic());
			verifier.update(text.getBytes(StandardCharsets.UTF_8));
			return verifier.verify(Base64.getUrlDecoder().decode(signature));
		}
		catch (GeneralSecurityException ex) {
			throw new AssertionError(ex);
		}
	}

	static String newPublicKey() {
		return key(newKey());
	}

	private static String key(KeyPair pair) {
		byte[] encoded = pair.getPublic().getEncoded();
		return base64(Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
	}

	private static KeyPair newKey() {
		try {
			return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new AssertionError(ex);
		}
	}

	/** A call that a server forwards: signed, and not yet changed by anybody. */
	Call call(String paymentId, String amount) {
		return new Call(paymentId, amount);
	}

	/** Make another signature of one, that a careless verifier takes as well. */
	static String malleated(String signature) {
		byte[] bytes = Base64.getUrlDecoder().decode(signature);
		byte[] reversed = new byte[KEY_BYTES];
		for (int i = 0; i < KEY_BYTES; i++) {
			reversed[i] = bytes[bytes.length - 1 - i];
		}
		byte[] larger = new BigInteger(1, reversed).add(GROUP_ORDER).toByteArray();
		for (int i = 0; i < KEY_BYTES; i++) {
			bytes[KEY_BYTES + i] = (i < larger.length) ? larger[larger.length - 1 - i] : 0;
		}
		return base64(bytes);
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * One call, whose parts a thief may change after they were signed.
	 */
	final class Call {

		private String paymentId;

		private final Map<String, Object> accepted = new HashMap<>();

		private final Map<String, Object> asked = new HashMap<>();

		private final Map<String, Object> payload = new HashMap<>();

		private String url = "https://shop.example/api/quote";

		private Call(String paymentId, String amount) {
			this.paymentId = paymentId;
			this.accepted.put("amount", amount);
			this.payload.putAll(Map.of("sessionId", SessionHolder.this.sessionId, "method", "POST", "body",
					base64(sha256("{}")), "validUntil", System.currentTimeMillis() / 1000 + 120));
			sign();
		}

		/** Sign it as it is, which only the holder of the key can. */
		Call sign() {
			this.payload.put("signature", base64(signature(text())));
			return this;
		}

		Call validFor(long seconds) {
			this.payload.put("validUntil", System.currentTimeMillis() / 1000 + seconds);
			return sign();
		}

		private String text() {
			Map<String, Object> claims = SessionHolder.this.claims;
			return String.join("\n", "x402-session-payment:v1", "stellar:testnet",
					(String) this.accepted.getOrDefault("asset", claims.get("asset")),
					(String) this.accepted.getOrDefault("payTo", claims.get("recipient")),
					(String) this.accepted.get("amount"), (String) claims.get("approvalTxHash"),
					(String) this.payload.get("method"), this.url, this.paymentId,
					String.valueOf(this.payload.get("validUntil")), (String) this.payload.get("body"));
		}

		private byte[] signature(String text) {
			try {
				Signature signature = Signature.getInstance("Ed25519");
				signature.initSign(SessionHolder.this.pair.getPrivate());
				signature.update(text.getBytes(StandardCharsets.UTF_8));
				return signature.sign();
			}
			catch (GeneralSecurityException ex) {
				throw new AssertionError(ex);
			}
		}

		private static byte[] sha256(String body) {
			try {
				return MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
			}
			catch (GeneralSecurityException ex) {
				throw new AssertionError(ex);
			}
		}

		String signature() {
			return (String) this.payload.get("signature");
		}

		Call payload(String member, Object value) {
			this.payload.put(member, value);
			return this;
		}

		Call without(String member) {
			this.payload.remove(member);
			return this;
		}

		/** Change what the client is said to have accepted, and what the server asks. */
		Call terms(String member, Object value) {
			this.accepted.put(member, value);
			return asking(member, value);
		}

		/** Change what the server asks. */
		Call asking(String member, Object value) {
			this.asked.put(member, value);
			return this;
		}

		Call at(String changedUrl) {
			this.url = changedUrl;
			return this;
		}

		Call as(String otherPaymentId) {
			this.paymentId = otherPaymentId;
			return this;
		}

		Reply verify() {
			return SessionHolder.this.environment.client.verify(request());
		}

		Reply settle() {
			return SessionHolder.this.environment.client.settle(request());
		}

		/** Return what a server that keeps track of identifiers sends. */
		Map<String, Object> request() {
			Map<String, Object> request = new HashMap<>(Payments
				.tracked(Payments.of(SessionHolder.this.environment, SessionHolder.this.sessionId, this.accepted)));
			Map<String, Object> payment = new HashMap<>(member(request, "paymentPayload"));
			payment.put("payload", this.payload);
			if (this.url != null) {
				payment.put("resource", Map.of("url", this.url));
			}
			request.put("paymentPayload", payment);
			Map<String, Object> requirements = new HashMap<>(member(request, "paymentRequirements"));
			requirements.putAll(this.asked);
			request.put("paymentRequirements", requirements);
			return (this.paymentId != null) ? Payments.identified(request, this.paymentId) : request;
		}

		@SuppressWarnings("unchecked")
		private static Map<String, Object> member(Map<String, Object> request, String name) {
			return (Map<String, Object>) request.get(name);
		}

	}

}
