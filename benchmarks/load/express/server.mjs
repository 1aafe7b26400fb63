import express from "express";
import { paymentMiddleware } from "@x402/express";
import { port, priced, quote, server } from "./session.cjs";

const app = express();
app.disable("x-powered-by");
app.use(paymentMiddleware({ "GET /quote": priced, "GET /stream": priced }, server));
app.get("/free", (request, response) => response.json(quote));
app.get("/quote", (request, response) => response.json(quote));
app.get("/stream", (request, response) => {
	response.type("text/event-stream");
	for (let event = 0; event < 10; event++) {
		response.write(`data: ${quote.line}\n\n`);
	}
	response.end();
});
app.listen(port, "127.0.0.1", () => console.log("READY"));
