using CsCheck;
using Paddock.Core.Ledger;
using Paddock.Core.Models;

namespace Paddock.Store.Tests.Ledger;

/// <summary>Calls for tests: plain ones, and any there could be.</summary>
internal static class Calls
{
    private static readonly Gen<string> genText = Gen.String[Gen.OneOf(Gen.Char.AlphaNumeric, Gen.Char[' ', '~'], Gen.OneOfConst('ä', '漢', '"', '\\', '\n', '\'')), 0, 40];
    private static readonly Gen<string?> genOptional = Gen.OneOf(genText.Select(t => (string?)t), Gen.Const((string?)null));
    private static readonly Gen<long> genCount = Gen.Long[0, 1L << 40];
    private static readonly Gen<DateTimeOffset> genTime = Gen.Long[0, 40_000_000].Select(ms => StoreUnderTest.Noon.AddMicroseconds(ms * 7));
    private static readonly Gen<TimeSpan> genSpan = Gen.Long[0, 1L << 34].Select(us => TimeSpan.FromMicroseconds(us));

    private static readonly Gen<CallAttempt> genAttempt =
        Gen.Select(genText, genText, genTime, genSpan, Gen.Int[0, 599], genOptional, genOptional)
            .Select((provider, model, at, duration, status, error, request) => new CallAttempt(1, provider, model, at, duration, status, error, request));

    /// <summary>Any opening.</summary>
    public static readonly Gen<CallOpening> Openings =
        from id in Gen.Guid
        from at in genTime
        from texts in genText.Array[7]
        from optional in genOptional.Array[11]
        from teams in genText.Array[0, 4]
        from numbers in genCount.Array[3]
        from stream in Gen.Bool
        from wire in Gen.Enum<Wire>()
        select new CallOpening
        {
            Id = new(id),
            At = at,
            Principal = texts[0],
            Key = texts[1],
            Teams = teams,
            Agent = texts[2],
            AgentVersion = optional[0],
            Task = optional[1],
            NativeTask = optional[2],
            ParentTask = optional[3],
            Mode = optional[4],
            Repository = optional[5],
            Device = optional[6],
            Wire = wire,
            Path = texts[3],
            ModelAsked = texts[4],
            Stream = stream,
            RequestBytes = numbers[0],
            ReleaseDigest = texts[5],
            SystemHash = optional[7],
            ToolsHash = optional[8],
            ModeHash = optional[9],
            FloorNanoUsd = numbers[1],
            FloorTokens = numbers[2],
        };

    /// <summary>Any call that has ended.</summary>
    public static readonly Gen<CallRow> Ended =
        from opening in Openings
        from at in genTime
        from optional in genOptional.Array[5]
        from numbers in genCount.Array[8]
        from outcome in Gen.Enum<CallOutcome>()
        from source in Gen.Enum<PriceSource>()
        from status in Gen.Int[0, 599]
        from estimated in Gen.Bool
        from duration in genSpan
        from first in Gen.OneOf(genSpan.Select(s => (TimeSpan?)s), Gen.Const((TimeSpan?)null))
        from attempts in genAttempt.Array[0, 3]
        select new CallRow(opening, new()
        {
            Id = opening.Id,
            At = at,
            Outcome = outcome,
            Status = status,
            ErrorClass = optional[0],
            Provider = optional[1],
            ModelServed = optional[2],
            Usage = new() { Input = numbers[0], CacheRead = numbers[1], CacheWrite5m = numbers[2], CacheWrite1h = numbers[3], Output = numbers[4], Reasoning = numbers[5] },
            Estimated = estimated,
            CostNanoUsd = numbers[6],
            PriceSource = source,
            PriceRow = optional[3],
            Duration = duration,
            FirstDelta = first,
            Finish = optional[4],
            ResponseBytes = numbers[7],
            Attempts = [.. attempts.Select((a, i) => a with { Number = i + 1 })],
        });

    /// <summary>An opening as most are.</summary>
    public static CallOpening Opening(DateTimeOffset? at = null) => new()
    {
        Id = CallId.Create(at ?? StoreUnderTest.Noon),
        At = at ?? StoreUnderTest.Noon,
        Principal = "usr_00000000000000000000000000000001",
        Key = "key_00000000000000000000000000000001",
        Agent = "codex",
        Wire = Wire.OpenAiResponses,
        Path = "/v1/responses",
        ModelAsked = "gpt-5",
        ReleaseDigest = "sha256:" + new string('a', 64),
        FloorNanoUsd = 700,
        FloorTokens = 7,
    };

    /// <summary>A closing that cost 1,000 nano-USD and 30 tokens.</summary>
    public static CallClosing Closing(CallOpening opening, DateTimeOffset? at = null) => new()
    {
        Id = opening.Id,
        At = at ?? opening.At.AddSeconds(2),
        Outcome = CallOutcome.Complete,
        Status = 200,
        Provider = "openai",
        ModelServed = "gpt-5-2026",
        Usage = new() { Input = 10, CacheRead = 5, Output = 15, Reasoning = 4 },
        CostNanoUsd = 1_000,
        PriceSource = PriceSource.File,
        PriceRow = "openai/gpt-5@2026-01-01",
        Duration = TimeSpan.FromSeconds(2),
        FirstDelta = TimeSpan.FromMilliseconds(300),
        Finish = "completed",
        ResponseBytes = 512,
        Attempts = [new(1, "openai", "gpt-5", opening.At, TimeSpan.FromSeconds(2), 200, null, "req_1")],
    };

    /// <summary>Says that two rows are the same, lists included.</summary>
    public static void ShouldBeRow(this CallRow? actual, CallRow expected)
    {
        actual.ShouldNotBeNull();
        actual.Opening.Teams.ShouldBe(expected.Opening.Teams);
        (actual.Opening with { Teams = expected.Opening.Teams }).ShouldBe(expected.Opening);
        if (expected.Closing is null)
        {
            actual.Closing.ShouldBeNull();
            return;
        }

        actual.Closing.ShouldNotBeNull().Attempts.ShouldBe(expected.Closing.Attempts);
        (actual.Closing with { Attempts = expected.Closing.Attempts }).ShouldBe(expected.Closing);
    }
}
