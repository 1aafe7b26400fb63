package io.github.x402sessions.mcp.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of what MCP clients pay for tools.
 *
 * @param enabled whether they pay, where the application has a session or a client that
 * can.
 * @param maxPerServer the most that each server gets within a period, in whole tokens of
 * what is paid with. By default, what the session or client allows.
 * @param maxPerTool the most that is paid for each tool of a server within a period, in
 * whole tokens of what is paid with. By default, what the session or client allows.
 * @param period the length of the period.
 * @param askAbove the most that is paid for a call without asking the PaymentApproval
 * bean, in whole tokens. By default, that is asked for every call, if there is one.
 */
@ConfigurationProperties("x402.client.mcp")
public record X402McpClientProperties(@DefaultValue("true") boolean enabled, @Nullable String maxPerServer,
		@Nullable String maxPerTool, @DefaultValue("1d") Duration period, @Nullable String askAbove) {
}
