package io.github.x402sessions.core.challenge;

import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PreparedTermsTests {

	private final PreparedTerms prepared = new PreparedTerms();

	@Test
	void termsAreWrittenOnce() {
		PreparedTerms.Written written = this.prepared.of(terms("http://shop/quote", "1000000"));
		assertThat(this.prepared.of(terms("http://shop/quote", "1000000"))).isSameAs(written);
		assertThat(PaymentHeader.decode(written.header(), PaymentRequired.class, 8192))
			.isEqualTo(terms("http://shop/quote", "1000000"));
		assertThat(written.header()).isEqualTo(PaymentHeader.encode(terms("http://shop/quote", "1000000")));
	}

	@Test
	void aChangeOfAnythingIsWrittenAnew() {
		this.prepared.of(terms("http://shop/quote", "1000000"));
		assertThat(this.prepared.of(terms("http://shop/quote", "2000000")).json()).contains("2000000");
		assertThat(this.prepared.of(terms("http://shop/other", "1000000")).json()).contains("http://shop/other");
		assertThat(this.prepared.of(terms("http://shop/quote", "1000000").withError("invalid_payment")).json())
			.contains("invalid_payment");
	}

	private static PaymentRequired terms(String url, String amount) {
		return PaymentRequired.of(null, new ResourceInfo(url, null, null), List.of(new PaymentRequirements("session",
				"stellar:testnet", amount, "CASSET", "GPAYTO", 60, Map.of("sessionMode", "allowance"))));
	}

}
