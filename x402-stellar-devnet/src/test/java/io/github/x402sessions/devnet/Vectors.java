package io.github.x402sessions.devnet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

import org.stellar.sdk.KeyPair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bytes computed with the official JavaScript SDK, by JSON pointer.
 */
public final class Vectors {

	private static final JsonNode ALL = load();

	private Vectors() {
	}

	private static JsonNode load() {
		try (InputStream in = Vectors.class.getResourceAsStream("/stellar-vectors.json")) {
			return JsonMapper.shared().readTree(Objects.requireNonNull(in));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static String text(String pointer) {
		JsonNode value = ALL.at(pointer);
		if (value.isMissingNode()) {
			throw new IllegalArgumentException("no vector at " + pointer);
		}
		return value.asString();
	}

	public static long number(String pointer) {
		return ALL.at(pointer).asLong();
	}

	public static KeyPair key(String name) {
		return KeyPair.fromSecretSeed(text("/keys/" + name + "/secret"));
	}

}
