package io.github.x402sessions.client.approval.rpc;

import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code sendTransaction}.
 *
 * @param status {@code PENDING}, {@code DUPLICATE}, {@code TRY_AGAIN_LATER} or
 * {@code ERROR}
 * @param errorResultXdr the reason of an error, base64 XDR
 */
public record SentTransaction(String status, @Nullable String errorResultXdr) {
}
