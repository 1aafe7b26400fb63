package io.github.x402sessions.mcp.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.springframework.ai.mcp.client.common.autoconfigure.NamedClientMcpTransport;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Has every connection of an MCP client pay, before a client is made of it: Spring AI
 * makes clients of the lists of {@link NamedClientMcpTransport} that are beans.
 */
final class PayingTransportPostProcessor implements BeanPostProcessor {

	private final Supplier<PayingTransports> transports;

	PayingTransportPostProcessor(Supplier<PayingTransports> transports) {
		this.transports = transports;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof NamedClientMcpTransport connection) {
			return this.transports.get().paying(connection);
		}
		return (bean instanceof List<?> list && list.stream().anyMatch(NamedClientMcpTransport.class::isInstance))
				? paying(list) : bean;
	}

	private List<Object> paying(List<?> list) {
		PayingTransports paying = this.transports.get();
		List<Object> replaced = new ArrayList<>();
		list.forEach((element) -> replaced
			.add((element instanceof NamedClientMcpTransport connection) ? paying.paying(connection) : element));
		return replaced;
	}

}
