import express from "express";
import { paymentMiddleware, x402ResourceServer } from "@x402/express";
import { HTTPFacilitatorClient } from "@x402/core/server";
import { priced, quote, register } from "./session.cjs";

const [port, facilitatorUrl, payTo = "GB5A2KCODMSAV7LTCHZABH3AOB7N2LIDD4Q64PGBW76OYZPHFYFT4ANG"] = process.argv.slice(2);
const server = register(new x402ResourceServer(new HTTPFacilitatorClient({ url: facilitatorUrl })), facilitatorUrl);
const app = express();
app.disable("x-powered-by");
app.use(paymentMiddleware({ "GET /quote": priced(payTo), "GET /stream": priced(payTo) }, server));
app.get("/free", (request, response) => response.json(quote));
app.get("/quote", (request, response) => response.json(quote));
app.get("/stream", (request, response) => {
	response.type("text/event-stream");
	for (let event = 0; event < 10; event++) {
		response.write(`data: ${quote.line}\n\n`);
	}
	response.end();
});
app.listen(Number(port), "127.0.0.1", () => console.log("READY"));
