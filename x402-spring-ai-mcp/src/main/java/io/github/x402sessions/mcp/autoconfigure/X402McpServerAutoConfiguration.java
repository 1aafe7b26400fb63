package io.github.x402sessions.mcp.autoconfigure;

import java.util.stream.Stream;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.mcp.PaidTools;
import io.github.x402sessions.mcp.PaidToolsBuilder;
import io.github.x402sessions.mcp.ServerUrl;
import io.github.x402sessions.mcp.ToolPrices;
import io.github.x402sessions.spring.X402Properties;
import io.github.x402sessions.spring.route.BeanTypes;
import io.github.x402sessions.spring.route.ConfiguredTerms;
import io.github.x402sessions.spring.route.ForeignPrices;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpStatelessAsyncServer;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the prices of tools that an MCP
 * server of Spring AI has, over whatever transport.
 */
@AutoConfiguration(afterName = "io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration",
		beforeName = "io.github.x402sessions.spring.autoconfigure.X402PricesAutoConfiguration")
@ConditionalOnClass(name = "org.springframework.ai.mcp.server.common.autoconfigure.McpServerAutoConfiguration")
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
@ConditionalOnBean(PaymentGate.class)
@EnableConfigurationProperties(X402ToolProperties.class)
public final class X402McpServerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConfiguredTools x402ConfiguredTools(X402ToolProperties tools, ObjectProvider<ConfiguredTerms> terms,
			ConfigurableApplicationContext context) {
		boolean discovery = context.getEnvironment().getProperty("x402.discovery.enabled", Boolean.class, true);
		return new ConfiguredTools(tools.tools(), new BeanTypes(context).all(), terms::getObject,
				context.getBeanFactory(), discovery);
	}

	@Bean
	@ConditionalOnMissingBean
	ToolPrices x402ToolPrices(ConfiguredTools configured) {
		return configured.prices();
	}

	@Bean
	@ConditionalOnMissingBean
	PaidTools x402PaidTools(ToolPrices prices, ServerUrl url, X402Properties properties,
			ObjectProvider<PaymentGate> gate, ObjectProvider<SettlementListener> listeners,
			ObjectProvider<ResponseStore> answers, Environment environment) {
		PaidToolsBuilder builder = PaidTools.builder(gate::getObject)
			.prices(prices)
			.serverUrl(url)
			.listeners(() -> listeners.orderedStream().toList())
			.responseStore(() -> answers.getObject())
			.resultBudget((int) properties.holdBudget().toBytes());
		if ("sse".equalsIgnoreCase(environment.getProperty("spring.ai.mcp.server.protocol"))) {
			builder.sse();
		}
		if (Threading.VIRTUAL.isActive(environment)) {
			builder.executor(new VirtualThreadTaskExecutor("x402-settlement-"));
		}
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402PaidToolsPostProcessor")
	static PaidToolsPostProcessor x402PaidToolsPostProcessor(ObjectProvider<PaidTools> tools) {
		return new PaidToolsPostProcessor(tools);
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402PricedToolCheck")
	PricedToolCheck x402PricedToolCheck(ConfiguredTools configured, PaidTools paid, ObjectProvider<McpSyncServer> sync,
			ObjectProvider<McpAsyncServer> async, ObjectProvider<McpStatelessSyncServer> statelessSync,
			ObjectProvider<McpStatelessAsyncServer> statelessAsync, ConfigurableApplicationContext context) {
		return new PricedToolCheck(configured, paid, new BeanTypes(context)::all,
				() -> Stream.of(sync, async, statelessSync, statelessAsync).flatMap(ObjectProvider::stream));
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402ToolAnnotations")
	ForeignPrices x402ToolAnnotations() {
		return ToolMethods::isOfMcp;
	}

	@Bean
	@ConditionalOnMissingBean
	ServerUrl x402ServerUrl(X402ToolProperties tools, X402Properties properties, ApplicationContext context) {
		return ServerUrls.of(tools.mcp().serverUrl(), properties.publicBaseUrl(), context);
	}

}
