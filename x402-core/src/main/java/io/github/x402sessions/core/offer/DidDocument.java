package io.github.x402sessions.core.offer;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * The document that a {@link DidWeb} name publishes its keys in.
 *
 * @param keys the keys by their ids, without others than Ed25519
 */
public record DidDocument(Map<String, Ed25519PublicKey> keys) {

	/** More than this are not looked at. */
	private static final int MAX_METHODS = 64;

	private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

	/** Before the 32 bytes of a key in multibase: the code of its kind. */
	private static final int MULTICODEC_BYTES = 2;

	/**
	 * Keep a copy.
	 */
	public DidDocument {
		keys = Map.copyOf(keys);
	}

	/**
	 * Write the document of a server's keys.
	 * @param did the server's name
	 * @param keys its keys: the one it signs with, and those that it did or will sign
	 * with
	 * @return JSON in UTF-8
	 */
	public static byte[] write(DidWeb did, List<Ed25519PublicKey> keys) {
		List<String> ids = keys.stream().distinct().map((key) -> id(did, key)).toList();
		Map<String, @Nullable Object> document = new LinkedHashMap<>();
		document.put("@context",
				List.of("https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"));
		document.put("id", did.toString());
		document.put("verificationMethod", keys.stream().distinct().map((key) -> method(did, key)).toList());
		document.put("assertionMethod", ids);
		return WireJson.write(document);
	}

	private static Map<String, @Nullable Object> method(DidWeb did, Ed25519PublicKey key) {
		Map<String, @Nullable Object> method = new LinkedHashMap<>();
		method.put("id", id(did, key));
		method.put("type", "JsonWebKey2020");
		method.put("controller", did.toString());
		method.put("publicKeyJwk", key.toJwk());
		return method;
	}

	/** The id of a key of ours. */
	static String id(DidWeb did, Ed25519PublicKey key) {
		return did + "#" + key.name();
	}

	/**
	 * Read a document.
	 * @throws MalformedMessageException if it is none, or that of another name
	 */
	static DidDocument read(DidWeb did, byte[] json) {
		Wire document = WireJson.read(json, Wire.class);
		if (!did.toString().equalsIgnoreCase(document.id())) {
			throw new MalformedMessageException("the document is that of another name");
		}
		Map<String, Ed25519PublicKey> keys = new LinkedHashMap<>();
		if (document.verificationMethod() != null) {
			document.verificationMethod()
				.stream()
				.limit(MAX_METHODS)
				.forEach((method) -> key(method)
					.ifPresent((key) -> id(did, method).ifPresent((id) -> keys.put(id, key))));
		}
		return new DidDocument(keys);
	}

	/** An id may leave out what is the same for all. */
	private static Optional<String> id(DidWeb did, @Nullable Object method) {
		return (method instanceof Map<?, ?> members && members.get("id") instanceof String id)
				? Optional.of(id.startsWith("#") ? did + id : id) : Optional.empty();
	}

	private static Optional<Ed25519PublicKey> key(@Nullable Object method) {
		if (!(method instanceof Map<?, ?> members)) {
			return Optional.empty();
		}
		try {
			if (members.get("publicKeyJwk") instanceof Map<?, ?> jwk) {
				return Optional.of(Ed25519PublicKey.ofJwk(jwk));
			}
			return (members.get("publicKeyMultibase") instanceof String text) ? Optional.of(multibase(text))
					: Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/** A key as 'z', its kind and its bytes, in base 58. */
	private static Ed25519PublicKey multibase(String text) {
		if (!text.startsWith("z6Mk") || text.length() > Ed25519PublicKey.BYTES * 2) {
			throw new IllegalArgumentException("not an Ed25519 key in base 58");
		}
		BigInteger number = BigInteger.ZERO;
		for (int i = 1; i < text.length(); i++) {
			int digit = ALPHABET.indexOf(text.charAt(i));
			if (digit < 0) {
				throw new IllegalArgumentException("not base 58");
			}
			number = number.multiply(BigInteger.valueOf(ALPHABET.length())).add(BigInteger.valueOf(digit));
		}
		byte[] bytes = number.toByteArray();
		int start = bytes.length - Ed25519PublicKey.BYTES;
		if (start < MULTICODEC_BYTES || (bytes[start - 2] & 0xff) != 0xed || bytes[start - 1] != 1) {
			throw new IllegalArgumentException("not an Ed25519 key");
		}
		return Ed25519PublicKey.of(Arrays.copyOfRange(bytes, start, bytes.length));
	}

	/**
	 * The document as far as it counts.
	 *
	 * @param id whose it is
	 * @param verificationMethod the keys
	 */
	record Wire(@Nullable String id, @Nullable List<@Nullable Object> verificationMethod) {
	}

}
