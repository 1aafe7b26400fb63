package io.github.x402sessions.core.facilitator.http;

import org.jspecify.annotations.Nullable;

/**
 * The word of a facilitator on an extension that a payment came with, in the header
 * {@code EXTENSION-RESPONSES} of its answers to {@code /verify} and {@code /settle}: such
 * as whether a catalogue lists the resource. It is for the server alone, and decides
 * nothing about the payment.
 *
 * @param extension the extension's name, at most 64 printable characters
 * @param status how the extension fared
 * @param rejectedReason why it was rejected, on one line; {@code null} if it was not, or
 * the facilitator does not say
 */
public record ExtensionResponse(String extension, Status status, @Nullable String rejectedReason) {

	/** The result of an extension. */
	public enum Status {

		/** It was handled. */
		SUCCESS,

		/** It is being handled. */
		PROCESSING,

		/** It will not be handled. */
		REJECTED

	}

}
