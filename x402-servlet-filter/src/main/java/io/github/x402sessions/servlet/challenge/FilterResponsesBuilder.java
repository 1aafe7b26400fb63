package io.github.x402sessions.servlet.challenge;

import io.github.x402sessions.core.challenge.DirectAnswers;
import io.github.x402sessions.core.challenge.PayPage;
import io.github.x402sessions.core.challenge.PreparedTerms;
import io.github.x402sessions.core.challenge.ResourceUrl;
import org.jspecify.annotations.Nullable;

/**
 * Sets {@link FilterResponses} up.
 */
public final class FilterResponsesBuilder {

	private static final int DEFAULT_MAX_HEADER_SIZE = 8 * 1024;

	private static final int SMALLEST_HEADER_SIZE = 1024;

	private ResourceUrl resourceUrl = ResourceUrl.ofServer();

	private final PreparedTerms prepared = new PreparedTerms();

	private PayPage page = PayPage.PLAIN;

	private @Nullable ChallengeBody challengeBody;

	private @Nullable ChallengeBody failedSettlementBody;

	private int maxHeaderSize = DEFAULT_MAX_HEADER_SIZE;

	public void resourceUrl(ResourceUrl resourceUrl) {
		this.resourceUrl = resourceUrl;
	}

	public void challengeBody(ChallengeBody body) {
		this.challengeBody = body;
	}

	public void page(PayPage page) {
		this.page = page;
	}

	public void failedSettlementBody(ChallengeBody body) {
		this.failedSettlementBody = body;
	}

	public void maxHeaderSize(int bytes) {
		if (bytes < SMALLEST_HEADER_SIZE) {
			throw new IllegalArgumentException("maxResponseHeaderSize must be at least 1024");
		}
		this.maxHeaderSize = bytes;
	}

	public FilterResponses build() {
		ChallengeBody body = (this.challengeBody != null) ? this.challengeBody
				: ChallengeBody.negotiated(this.prepared, this.page);
		ChallengeBody failedBody = (this.failedSettlementBody != null) ? this.failedSettlementBody : body;
		return new FilterResponses(this.resourceUrl, new DirectAnswers(this.prepared, this.maxHeaderSize), body,
				failedBody);
	}

}
