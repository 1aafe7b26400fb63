package io.github.x402sessions.spring.discovery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.spring.schema.Examples;
import org.springframework.http.MediaType;

/**
 * The contents of requests and answers in the few words that catalogues have for them.
 */
final class Contents {

	private Contents() {
	}

	/** Describe an answer by its media type. */
	static DescribedCall.Content output(MediaType media, Map<String, Object> schema) {
		String format = media.getType() + "/" + media.getSubtype();
		boolean json = isJson(media);
		boolean text = media.getType().equals("text");
		boolean plain = format.equals(MediaType.APPLICATION_JSON_VALUE) || format.equals(MediaType.TEXT_PLAIN_VALUE);
		return new DescribedCall.Content(
				json ? DescribedCall.Content.JSON : text ? DescribedCall.Content.TEXT : "binary", plain ? null : format,
				schema);
	}

	/** Return the body type of a request of a media type. */
	static String bodyType(MediaType media) {
		if (media.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED) || media.getType().equals("multipart")) {
			return DescribedCall.Content.FORM;
		}
		return isJson(media) ? DescribedCall.Content.JSON : DescribedCall.Content.TEXT;
	}

	static boolean isJson(MediaType media) {
		return media.getSubtype().equals("json") || media.getSubtype().endsWith("+json");
	}

	/** Describe a value where there is room for texts only. */
	static Map<String, Object> asText(Map<String, Object> schema) {
		Map<String, Object> text = new LinkedHashMap<>();
		text.put("type", "string");
		if (schema.get("description") != null) {
			text.put("description", schema.get("description"));
		}
		if (schema.get("enum") instanceof List<?> values) {
			text.put("enum", values.stream().map(String::valueOf).toList());
		}
		Object example = Examples.of(schema);
		if (example instanceof Number || example instanceof Boolean) {
			text.put("examples", List.of(example.toString()));
		}
		return text;
	}

}
