package io.github.x402sessions.client.payment.consent;

import java.math.BigInteger;
import java.net.URI;
import java.util.Map;

import io.github.x402sessions.core.price.Asset;
import org.jspecify.annotations.Nullable;

/**
 * A payment that somebody has to agree to.
 *
 * @param server the server's URL
 * @param tool the name of the tool that is called there
 * @param arguments what it is called with; {@link #toString()} leaves them out, and the
 * query of the URL
 * @param amount the most that it costs, base units of the asset
 * @param asset what it would be paid with
 * @param recipient who would get the money
 */
public record ApprovalRequest(URI server, String tool, Map<String, @Nullable Object> arguments, BigInteger amount,
		Asset asset, String recipient) {

	/** Queries of servers' URLs are where their keys are. */
	private String withoutQuery() {
		return this.server.toString().replaceFirst("[?#].*", "");
	}

	@Override
	public String toString() {
		return "ApprovalRequest[server=" + withoutQuery() + ", tool=" + this.tool + ", amount="
				+ this.asset.describe(this.amount) + ", recipient=" + this.recipient + "]";
	}

}
