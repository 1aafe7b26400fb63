package io.github.x402sessions.core.facilitator;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CompositeFacilitatorTests {

	private static final String TESTNET = "stellar:testnet";

	private final FakeFacilitator first = new FakeFacilitator("session");

	private final FakeFacilitator second = new FakeFacilitator("session", "exact");

	private final CompositeFacilitator both = new CompositeFacilitator(
			List.of(new FacilitatorEndpoint("first", "https://first.example", this.first),
					new FacilitatorEndpoint("second", "https://second.example", this.second)));

	@Test
	void theFirstThatSupportsAKindHasIt() {
		assertThat(url("session")).isEqualTo("https://first.example");
		assertThat(url("exact")).isEqualTo("https://second.example");
		assertThat(this.both.find("other", TESTNET)).isEmpty();
		this.both.verify(Samples.REQUEST);
		this.both.settle(Samples.REQUEST);
		this.both.hold(Samples.REQUEST);
		this.both.release(Samples.REQUEST);
		assertThat(this.first.calls).endsWith("verify", "supported", "settle", "supported", "hold", "supported",
				"release");
		assertThat(this.second.calls).doesNotContain("verify", "settle", "hold", "release");
	}

	@Test
	void supportsTheUnionOfKindsAndTheExtensionsOfAll() {
		this.first.extensions = List.of("a", "b");
		this.second.extensions = List.of("b", "c");
		SupportedResponse union = this.both.supported();
		assertThat(union.kinds()).extracting((kind) -> kind.scheme() + " " + kind.extra().get("facilitatorUrl"))
			.containsExactly("session https://first.example", "exact https://second.example");
		assertThat(union.extensions()).containsExactly("b");
		assertThat(union.signers()).containsEntry("stellar:*", List.of("G1", "G2"));
		assertThat(this.both.find("exact", TESTNET).orElseThrow().extensions()).containsExactly("b", "c");
	}

	@Test
	void oneThatFailsIsPassedOver() {
		this.first.failure = new FacilitatorUnavailableException("down", null);
		assertThat(url("session")).isEqualTo("https://second.example");
		assertThat(this.both.supported().kinds()).hasSize(2);
		assertThatExceptionOfType(FacilitatorUnavailableException.class)
			.isThrownBy(() -> this.both.find("other", TESTNET));
		this.second.failure = new FacilitatorAccessException("no");
		assertThatExceptionOfType(FacilitatorUnavailableException.class).isThrownBy(this.both::supported);
	}

	@Test
	void nobodySettlesWhatNobodySupports() {
		this.first.support(Map.of());
		this.second.support(Map.of());
		assertThatExceptionOfType(FacilitatorUnavailableException.class)
			.isThrownBy(() -> this.both.settle(Samples.REQUEST));
		assertThat(this.first.calls).doesNotContain("settle");
	}

	@Test
	void closesAllThatCanBeClosed() {
		ManualTimer timer = new ManualTimer();
		RefreshingFacilitator closeable = new RefreshingFacilitator(new FacilitatorEndpoint("f", null, this.first),
				RefreshOptions.defaults(), timer, Clock.systemUTC());
		new CompositeFacilitator(List.of(this.second, closeable)).close();
		assertThat(timer.closed).isTrue();
	}

	@Test
	void thereMustBeOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CompositeFacilitator(List.of()));
	}

	@Test
	void anEndpointKeepsTheFacilitatorsOwnUrl() {
		this.first.kinds = List.of(new SupportedKind(2, "session", TESTNET, Map.of("facilitatorUrl", "https://own")));
		assertThat(url("session")).isEqualTo("https://own");
		assertThat(FacilitatorEndpoint.of(FacilitatorOptions.of(URI.create("http://localhost:1/x"))).url())
			.isEqualTo("http://localhost:1/x");
	}

	private Object url(String scheme) {
		return this.both.find(scheme, TESTNET).orElseThrow().kind().extra().get("facilitatorUrl");
	}

}
