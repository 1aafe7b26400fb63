package io.github.x402sessions.servlet.body;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The types of bodies that a container reads itself, to find parameters and parts.
 */
public final class FormType {

	private FormType() {
	}

	/** Whether a body is of either type. */
	public static boolean isForm(@Nullable String contentType) {
		return isUrlEncoded(contentType) || isMultipart(contentType);
	}

	static boolean isUrlEncoded(@Nullable String contentType) {
		return isOf(contentType, "application/x-www-form-urlencoded");
	}

	static boolean isMultipart(@Nullable String contentType) {
		return isOf(contentType, "multipart/form-data");
	}

	private static boolean isOf(@Nullable String contentType, String type) {
		return contentType != null && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(type);
	}

}
