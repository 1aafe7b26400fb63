package io.github.x402sessions.mcp.autoconfigure;

import org.springframework.ai.mcp.annotation.method.tool.AbstractMcpToolMethodCallback;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the {@code Payment} arguments of
 * tools. It is there without payments too, so that the tools can be called.
 */
@AutoConfiguration
@ConditionalOnClass(AbstractMcpToolMethodCallback.class)
public final class X402ToolArgumentAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	static PaymentArgumentPostProcessor x402PaymentArgumentPostProcessor() {
		return new PaymentArgumentPostProcessor();
	}

}
