package io.github.x402sessions.mcp.client;

import io.github.x402sessions.adapter.mcp.PayingMcpTransport;
import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionWallet;
import io.github.x402sessions.client.X402Client;
import io.github.x402sessions.client.payment.consent.PaymentApproval;
import org.springframework.ai.mcp.client.common.autoconfigure.McpSseClientConnectionDetails;
import org.springframework.ai.mcp.client.common.autoconfigure.NamedClientMcpTransport;
import org.springframework.ai.mcp.client.common.autoconfigure.properties.McpClientCommonProperties;
import org.springframework.ai.mcp.client.common.autoconfigure.properties.McpStreamableHttpClientProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for MCP clients that pay for tools, by the
 * application's {@link X402Client}, {@link SessionWallet} or {@link Session}: whichever
 * transport Spring AI connects them by.
 */
@AutoConfiguration
@ConditionalOnClass({ NamedClientMcpTransport.class, PayingMcpTransport.class, Session.class })
@ConditionalOnProperty(name = "x402.client.mcp.enabled", matchIfMissing = true)
@EnableConfigurationProperties(X402McpClientProperties.class)
public final class X402McpClientAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PayingTransports x402PayingTransports(X402McpClientProperties properties, ObjectProvider<X402Client> clients,
			ObjectProvider<SessionWallet> wallets, ObjectProvider<Session> sessions,
			ObjectProvider<McpStreamableHttpClientProperties> streamable,
			ObjectProvider<McpSseClientConnectionDetails> sse, ObjectProvider<PaymentApproval> approval,
			ObjectProvider<McpClientCommonProperties> common) {
		return new PayingTransports(new ConfiguredPayments(clients, wallets, sessions),
				new ConnectionUrls(streamable, sse), properties, approval, common);
	}

	/** Static, so that no other bean is made before its time. */
	@Bean
	static PayingTransportPostProcessor x402PayingTransportPostProcessor(ObjectProvider<PayingTransports> transports) {
		return new PayingTransportPostProcessor(transports::getObject);
	}

}
