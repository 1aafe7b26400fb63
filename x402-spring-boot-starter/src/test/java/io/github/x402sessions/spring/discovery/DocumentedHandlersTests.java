package io.github.x402sessions.spring.discovery;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Handlers that are told of by springdoc's document.
 */
class DocumentedHandlersTests extends DeclaredHandlersTests {

	@Test
	void theDocumentThatOthersReadIsSpringdocsOwn() throws Exception {
		assertThat(list("/v3/api-docs").at("/servers/0/url").asString())
			.isEqualTo("http://localhost:" + this.shop.port());
	}

	@Test
	void anotherVersionOfSpringdocFailsNoStart() {
		BeanFactory incompatible = mock(BeanFactory.class, (call) -> {
			throw new NoSuchMethodError("of another version");
		});
		assertThat(new Documented(incompatible).reader()).isNull();
	}

}
