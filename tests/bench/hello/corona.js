// The smallest service.
import { serve } from "corona:http";

serve({ port: 8377, hostname: "127.0.0.1" }, () => new Response("Hello, World!"));
console.log("listening");
