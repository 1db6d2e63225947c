import { load } from "cheerio/slim";
import { show } from "./show.js";

const $ = load("<ul id='fruits' class='a b'><li class='apple' data-x='{\"n\":1}'>Apple</li><li class=orange>Orange<br></li><li>Pear &amp; <b>co</b></ul><script>1<2</script>");
show("text", $("li").map((_, element) => $(element).text().trim()).get());
show("select", [$("li.apple + li").attr("class"), $("ul > li:nth-child(3) b").text(), $("li:not(.apple)").length, $("li:contains(Pear)").index(), $("[data-x]").data("x")]);
$("ul").append("<li>New</li>").addClass("c").find(".apple").remove().end().prepend($("<li>").text("<First>"));
show("html", $("ul").toString());
show("walk", [$("b").parents().map((_, e) => e.tagName).get(), $("b").closest("ul").attr("id"), $("li").eq(1).next().text(), $("li").first().nextUntil(":last-child").length]);
$("li").wrap("<div class='w'></div>").each((i, element) => { $(element).attr("i", i); });
show("wrapped", $.html());
show("xml", load("<a><b x='1'/><c>t</c></a>", { xml: true }).xml());
show("css", $("<p style='color: red; top: 0'>").css("color", "blue").css());
