package io.github.x402sessions.stellar;

import java.nio.file.Path;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The test vectors of {@code docs/protocol.md}, which other languages check as well.
 */
public final class ProtocolVectors {

	private static final JsonNode ALL = JsonMapper.shared().readTree(Path.of("../docs/session-vectors.json").toFile());

	private ProtocolVectors() {
	}

	/** Return one of them by its JSON pointer. */
	public static JsonNode at(String pointer) {
		return ALL.requiredAt(pointer);
	}

	/** Return a text in them by its JSON pointer. */
	public static String text(String pointer) {
		return at(pointer).asString();
	}

}
