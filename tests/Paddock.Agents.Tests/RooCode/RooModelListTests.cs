using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CsCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Paddock.Agents.Tests.RooCode.Settings;
using Paddock.Core.Identity;
using Paddock.Core.Models;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Testing;

namespace Paddock.Agents.Tests.RooCode;

public sealed class RooModelListTests : IAsyncLifetime
{
    private static readonly CatalogModel sonnet = new("claude-sonnet-4-5", "Claude Sonnet 4.5", "anthropic", null, 200_000, 64_000, new() { InputPerMtok = 3m, OutputPerMtok = 15m, CacheReadPerMtok = 0.3m, CacheWrite5mPerMtok = 3.75m });
    private static readonly CatalogModel mystery = new("mystery", "Mystery", "lab", "Nobody knows.", null, null, null);

    private static readonly Pepper pepper = new(new byte[32]);

    private readonly TestIdentities identities = new(pepper);
    private readonly FakeTimeProvider time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly FixedCatalog catalog = new([sonnet, mystery]);
    private WebApplication app = null!; // set before each test
    private HttpClient http = null!; // set before each test

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IIdentities>(identities);
        builder.Services.AddSingleton(new KeyAuthenticator(identities, pepper));
        builder.Services.AddSingleton<IModelCatalog>(catalog);
        builder.Services.AddSingleton<ISnapshots>(new SnapshotHolder(SnapshotBuilder.Build(((LoadOutcome.Loaded)ReleaseLoader.Load([])).Content)));
        builder.Services.AddAgents();
        app = builder.Build();
        app.MapAgents();
        await app.StartAsync(TestContext.Current.CancellationToken);
        http = new() { BaseAddress = new(app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("unauthenticated")]
    public async Task Without_a_key_the_list_is_empty(string? bearer)
    {
        var (status, body) = await GetAsync(bearer);

        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldBe("""{"object":"list","data":[]}""");
        catalog.AskedBy.ShouldBeNull();
    }

    [Fact]
    public async Task With_a_key_every_model_has_all_that_the_strict_schema_wants()
    {
        var (token, caller) = identities.AddKey(new() { Models = true });

        var (status, body) = await GetAsync(token);

        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldBe(RooSchemas.Models);
        catalog.AskedBy.ShouldBe(caller);
        identities.Used.ShouldContain(caller.Key.Id);
        body.ShouldBe(
            """{"object":"list","data":["""
            + """{"id":"claude-sonnet-4-5","object":"model","created":0,"owned_by":"anthropic","name":"Claude Sonnet 4.5","description":"Claude Sonnet 4.5, served by anthropic","context_window":200000,"max_tokens":64000,"type":"language","tags":[],"pricing":{"input":"0.000003","output":"0.000015","input_cache_read":"0.0000003","input_cache_write":"0.00000375"}},"""
            + """{"id":"mystery","object":"model","created":0,"owned_by":"lab","name":"Mystery","description":"Nobody knows.","context_window":128000,"max_tokens":16384,"type":"language","tags":[],"pricing":{"input":"0.000005","output":"0.000025"}}"""
            + "]}");
    }

    [Fact]
    public async Task A_model_that_costs_nothing_is_tagged_free()
    {
        catalog.Models = [sonnet with { Price = new() { InputPerMtok = 0, OutputPerMtok = 0 } }];

        var (_, body) = await GetAsync(identities.AddKey(new() { Models = true }).Token);

        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("data")[0].GetProperty("tags")[0].GetString().ShouldBe("free");
        json.RootElement.GetProperty("data")[0].GetProperty("pricing").GetProperty("input").GetString().ShouldBe("0");
    }

    [Theory]
    [InlineData(false, ModelReasoning.None, "[]")]
    [InlineData(true, ModelReasoning.None, """["vision"]""")]
    [InlineData(false, ModelReasoning.Optional, """["reasoning"]""")]
    [InlineData(true, ModelReasoning.Always, """["vision","reasoning","reasoning-required"]""")]
    public async Task What_a_model_can_do_is_told_by_tags_because_else_it_is_not_asked_for(bool sees, ModelReasoning reasoning, string tags)
    {
        catalog.Models = [sonnet with { SeesImages = sees, Reasoning = reasoning }];

        var (_, body) = await GetAsync(identities.AddKey(new() { Models = true }).Token);

        body.ShouldBe(RooSchemas.Models);
        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("data")[0].GetProperty("tags").GetRawText().ShouldBe(tags);
    }

    [Fact]
    public async Task A_price_is_plain_digits_however_small_or_large_it_is()
    {
        var token = identities.AddKey(new() { Models = true }).Token;
        var prices = Gen.Select(Gen.Long[0, 10_000_000_000], Gen.Int[0, 12], static (digits, places) => new decimal(digits) / (decimal)Math.Pow(10, places)); // 1e-12 to 1e10 USD per million
        await Gen.Select(prices, prices, prices.Nullable()).Array[1, 5].SampleAsync(
            async all =>
            {
                catalog.Models = [.. all.Select((one, i) => mystery with { Id = $"m{i}", Price = new() { InputPerMtok = one.Item1, OutputPerMtok = one.Item2, CacheReadPerMtok = one.Item3 } })];

                var (_, body) = await GetAsync(token);

                body.ShouldBe(RooSchemas.Models);
                using var json = JsonDocument.Parse(body);
                foreach (var (i, model) in json.RootElement.GetProperty("data").EnumerateArray().Index())
                {
                    var told = model.GetProperty("pricing");
                    (Usd(told, "input"), Usd(told, "output"), Usd(told, "input_cache_read")).ShouldBe((all[i].Item1 / 1_000_000m, all[i].Item2 / 1_000_000m, all[i].Item3 / 1_000_000m));
                }
            },
            iter: Samples.Of(60),
            threads: 1);

        static decimal? Usd(JsonElement told, string name) => told.TryGetProperty(name, out var text) ? decimal.Parse(text.GetString()!, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null; // the schema has it
    }

    [Theory]
    [InlineData(SessionClient.Extension)]
    [InlineData(SessionClient.Cli)]
    [InlineData(SessionClient.Device)]
    public async Task Whoever_signed_in_gets_the_list_until_the_session_is_ended(SessionClient client)
    {
        var (token, caller) = Session(client);

        var (status, body) = await GetAsync(token);

        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldBe(RooSchemas.Models);
        body.ShouldContain("claude-sonnet-4-5");
        catalog.AskedBy.ShouldBe(caller);

        identities.Revoke(caller.Key.Id, time.GetUtcNow());
        (await GetAsync(token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_whose_time_is_over_and_a_browsers_get_none()
    {
        var (token, _) = Session(SessionClient.Extension);
        (await GetAsync(Session(SessionClient.Console).Token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        time.Advance(TimeSpan.FromMinutes(16));

        (await GetAsync(token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_small_models_answer_fits_its_window()
    {
        catalog.Models = [mystery with { ContextWindow = 8_000 }];

        var (_, body) = await GetAsync(identities.AddKey(new() { Models = true }).Token);

        body.ShouldContain("\"max_tokens\":8000,");
    }

    [Theory]
    [InlineData("pk_nonsense")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public async Task A_wrong_key_is_told_so(string bearer)
    {
        var (status, body) = await GetAsync(bearer);

        status.ShouldBe(HttpStatusCode.Unauthorized);
        body.ShouldContain("\"code\":\"unknown_key\"");
        body.ShouldNotContain(bearer);
    }

    [Fact]
    public async Task An_expired_key_is_refused()
    {
        var (token, _) = identities.AddKey(new() { Models = true }, expiresAt: time.GetUtcNow().AddMinutes(1));
        time.Advance(TimeSpan.FromMinutes(2));

        (await GetAsync(token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_without_the_models_scope_is_refused()
    {
        var (status, body) = await GetAsync(identities.AddKey(new() { Control = ControlRoles.Admin }).Token);

        status.ShouldBe(HttpStatusCode.Forbidden);
        body.ShouldContain("\"code\":\"scope_missing\"");
    }

    private (string Token, Caller Caller) Session(SessionClient client)
    {
        var caller = identities.AddSession(client);
        return (new SessionToken(caller.Key.Id, caller.Principal.Id, "org_00000000000000000000", time.GetUtcNow(), time.GetUtcNow().AddMinutes(15)).Write(pepper, "cj").Reveal(), caller);
    }

    /// <summary>As the extension asks.</summary>
    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string? bearer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/roo/proxy/v1/models") { Content = new ByteArrayContent([]) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "RooCode/3.52.1");
        request.Headers.TryAddWithoutValidation("HTTP-Referer", "https://github.com/RooVetGit/Roo-Cline");
        request.Headers.TryAddWithoutValidation("X-Title", "Roo Code");
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private sealed class FixedCatalog(IReadOnlyList<CatalogModel> models) : IModelCatalog
    {
        public IReadOnlyList<CatalogModel> Models { get; set; } = models;

        public Caller? AskedBy { get; private set; }

        public ValueTask<IReadOnlyList<CatalogModel>> ListAsync(Caller caller, CancellationToken cancellationToken)
        {
            AskedBy = caller;
            return ValueTask.FromResult(Models);
        }
    }
}
