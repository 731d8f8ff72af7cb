using System.Net;
using System.Text;
using CsCheck;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;
using Paddock.Testing;

namespace Paddock.Gateway.Tests;

/// <summary>Requests reach the provider byte for byte, but for the splices of docs/wires.md; what those do is said here a second time.</summary>
public sealed class RequestIdentityTests
{
    private const string Upstream = "real \"name\"";

    private static readonly string[] Models = ["\"m-1\"", "\"m\\u002d1\"", "\"alias\"", "\"\\u0061lias\""];

    /// <summary>Members that no wire reads, with names unlike all others.</summary>
    private static readonly Gen<(string Name, string Value)[]> Unknown =
        Gen.Select(JsonTexts.Texts, JsonTexts.Values, (name, value) => (Name: name, Value: value)).Array[0, 5].Select(all => all.Select((one, i) => (JsonTexts.Encode($"x{i}{one.Name}"), one.Value)).ToArray());

    private static readonly Gen<string> StreamOptions = Gen.OneOfConst("", "", "null", "{}", "{ }", "{\"a\":[1]}", "{\"include_usage\":false}", "{\"include_usage\" : null , \"b\":2}", "{\"include_usage\":true}", "{\"b\":{}, \"include_usag\\u0065\":false}");

    private static readonly Gen<Request> Requests =
        from model in Gen.OneOfConst(Models)
        from stream in Gen.OneOfConst("", "true", "false", "null")
        from options in StreamOptions
        from unknown in Unknown
        from space in JsonTexts.Whitespace
        from order in Gen.Int[0, int.MaxValue]
        from filling in Gen.OneOfConst(0, 0, 0, 4_000, 16_300, 65_500, 200_000)
        select new Request(model, stream, options, unknown, space, order, filling);

    private static readonly Gen<(string Coding, double[] Places, bool Length)> Ways = Gen.Select(Cuts.Codings, Cuts.Places, Gen.Bool);

    [Theory]
    [InlineData("/v1/chat/completions", "/up/chat/completions")]
    [InlineData("/v1/responses", "/up/responses")]
    [InlineData("/v1/messages", "/up/v1/messages")]
    [InlineData("/v1/messages/count_tokens", "/up/v1/messages/count_tokens")]
    [InlineData("/proxied/chat/completions", "/up/chat/completions")]
    public async Task Whatever_a_client_sends_reaches_the_provider_as_it_was(string path, string target)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Snapshot = WithAlias, Dialects = [new ProxiedDialect()] });
        gateway.Upstream.Scripts.Enqueue(Answers.Json("{}"));
        var isChat = path.EndsWith("/chat/completions", StringComparison.Ordinal);
        await Gen.Select(Requests, Ways).SampleAsync(
            async (request, way) =>
            {
                gateway.Upstream.Seen.Clear();
                var packed = Cuts.Cut(Cuts.Pack(Encoding.UTF8.GetBytes(request.Text), way.Coding), way.Places);
                using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = new Cuts.Content(packed, way.Length) };
                message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
                message.Headers.TryAddWithoutValidation("X-Odd", "a, b;c=\"d\"");
                if (way.Coding.Length > 0)
                {
                    message.Content.Headers.TryAddWithoutValidation("Content-Encoding", way.Coding);
                }

                using var answer = await gateway.Http.SendAsync(message, TestContext.Current.CancellationToken);

                answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
                var seen = gateway.Upstream.Seen.ShouldHaveSingleItem();
                Encoding.UTF8.GetString(seen.Body).ShouldBeSameAs(request.Expected(isChat));
                seen.RequestLine.ShouldBe($"POST {target} HTTP/1.1");
                (seen.Header("X-Odd"), seen.Header("Content-Type"), seen.Header("Content-Encoding")).ShouldBe(("a, b;c=\"d\"", "application/json; charset=utf-8", null));
            },
            iter: Samples.Of(200),
            threads: 1);
    }

    private static Core.Snapshot.GovernanceSnapshot WithAlias(Uri address) =>
        Snapshots.Of([Snapshots.Provider("main", address)], models: [new Model { Name = "m-1", Provider = "main" }, new Model { Name = "alias", Provider = "main", UpstreamModel = Upstream }]);

    private sealed record Request(string Model, string Stream, string Options, (string Name, string Value)[] Unknown, string Space, int Order, int Filling)
    {
        public string Text => Write(Model, Options, extra: "");

        public string Expected(bool isChat)
        {
            var model = Model.Contains("lias", StringComparison.Ordinal) ? "\"real \\u0022name\\u0022\"" : Model;
            if (!isChat || Stream != "true")
            {
                return Write(model, Options, extra: "");
            }

            return Options switch
            {
                "" => Write(model, Options, ",\"stream_options\":{\"include_usage\":true}"),
                "null" => Write(model, "{\"include_usage\":true}", ""),
                "{}" => Write(model, "{\"include_usage\":true}", ""),
                "{ }" => Write(model, "{ \"include_usage\":true}", ""),
                "{\"a\":[1]}" => Write(model, "{\"a\":[1],\"include_usage\":true}", ""),
                _ => Write(model, Options.Replace("\":false", "\":true", StringComparison.Ordinal).Replace("\" : null", "\" : true", StringComparison.Ordinal), ""),
            };
        }

        private string Write(string model, string options, string extra)
        {
            List<(string Name, string Value)> members = [("\"model\"", model), .. Unknown];
            Add("\"stream\"", Stream);
            Add("\"stream_options\"", options);
            Add("\"filling\"", Filling == 0 ? "" : "\"" + new string('é', Filling / 2) + "\\n\"");
            var turn = Order % members.Count;
            var text = string.Join(',', members.Skip(turn).Concat(members.Take(turn)).Select(member => $"{Space}{member.Name}{Space}:{Space}{member.Value}{Space}"));
            return $"{Space}{{{text}{extra}}}{Space}";

            void Add(string name, string value)
            {
                if (value.Length > 0)
                {
                    members.Add((name, value));
                }
            }
        }
    }
}
