package io.github.x402sessions.core.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ServiceInfoTests {

	private static final ResourceInfo RESOURCE = new ResourceInfo("https://a.example/q", "A quote", "text/plain",
			Map.of("more", 1));

	@Test
	void aResourceSaysWhoSellsIt() {
		ServiceInfo service = new ServiceInfo("Quotes", List.of("quotes", "finance"), "https://a.example/icon.png");
		ResourceInfo named = service.in(RESOURCE);
		assertThat(new String(WireJson.write(named), StandardCharsets.UTF_8)).contains(
				"\"serviceName\":\"Quotes\",\"tags\":[\"quotes\",\"finance\"]",
				"\"iconUrl\":\"https://a.example/icon.png\"", "\"more\":1");
		assertThat(ServiceInfo.of(WireJson.read(WireJson.write(named), ResourceInfo.class))).isEqualTo(service);
	}

	@Test
	void whatIsNotSaidIsNotThere() {
		assertThat(ServiceInfo.NONE.in(RESOURCE)).isEqualTo(RESOURCE);
		assertThat(ServiceInfo.of(RESOURCE)).isEqualTo(ServiceInfo.NONE);
		assertThat(new ServiceInfo("Quotes", List.of(), null).in(RESOURCE).others()).containsOnlyKeys("serviceName",
				"more");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'url':'u','serviceName':7,'tags':'quotes','iconUrl':{}}",
			"{'url':'u','serviceName':'caf\u00e9','tags':['a',7],'iconUrl':'javascript:alert(1)'}",
			"{'url':'u','serviceName':'','tags':['1','2','3','4','5','6'],'iconUrl':'/icon.png'}",
			"{'url':'u','serviceName':'a23456789012345678901234567890123','tags':[''],'iconUrl':'http://a b'}" })
	void whatIsOddIsLeftOutAndStillPassedOn(String json) {
		ResourceInfo odd = WireJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), ResourceInfo.class);
		assertThat(ServiceInfo.of(odd)).isEqualTo(ServiceInfo.NONE);
		assertThat(odd.others()).containsOnlyKeys("serviceName", "tags", "iconUrl");
	}

	@Test
	void whatCataloguesRefuseIsRefusedHere() {
		String long33 = "a".repeat(33);
		for (String name : Arrays.asList("", long33, "caf\u00e9", "two\nlines")) {
			assertThatIllegalArgumentException().isThrownBy(() -> new ServiceInfo(name, List.of(), null))
				.withMessageContaining("name");
			assertThatIllegalArgumentException().isThrownBy(() -> new ServiceInfo(null, List.of("a", name), null))
				.withMessageContaining("tags");
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ServiceInfo(null, List.of("1", "2", "3", "4", "5", "6"), null))
			.withMessageContaining("at most 5");
		for (String url : List.of("icon.png", "ftp://a.example/i", "http://", "http://a b")) {
			assertThatIllegalArgumentException().isThrownBy(() -> new ServiceInfo(null, List.of(), url))
				.withMessageContaining("icon URL");
		}
	}

}
