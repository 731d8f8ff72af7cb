using Paddock.Core.Audit.Tiles;
using Paddock.Store.Audit.Tiles;

namespace Paddock.Store.Tests.Audit.Tiles;

/// <summary>Wherever a process dies, the next one completes what it left, and every checkpoint that was ever signed stays true.</summary>
public sealed class LogCrashTests
{
    public static TheoryData<Engine, string> Points
    {
        get
        {
            var points = new TheoryData<Engine, string>();
            foreach (var engine in Enum.GetValues<Engine>())
            {
                foreach (var point in new[] { "before the places are written", "after the places were written", "before signing", "before the signed head is kept", "after the signed head was kept", "before publishing", "after publishing" })
                {
                    points.Add(engine, point);
                }
            }

            return points;
        }
    }

    [Theory, MemberData(nameof(Points))]
    public async Task A_round_that_is_cut_off_is_completed_by_the_next_process(Engine engine, string point)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.AddAsync(700);
        await log.First.FinishAsync();
        await log.AddAsync(400);
        Arm(log, log.First, point);

        (await log.First.RoundAsync()).ShouldBe(LogRound.Failed);
        await log.First.Sequencer.LeaveAsync(TestContext.Current.CancellationToken);
        log.Signer.Fault = null;
        await log.AddAsync(10);
        await log.Process().FinishAsync();

        (await log.VerifyAsync()).ShouldBe(1_111);
    }

    [Theory, MemberData(nameof(Points))]
    public async Task A_round_that_fails_is_completed_by_the_same_process(Engine engine, string point)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.AddAsync(700);
        await log.First.FinishAsync();
        await log.AddAsync(400);
        Arm(log, log.First, point);
        await log.First.RoundAsync();
        log.First.Board.Current.State.ShouldBe(LogState.Waiting);
        log.Signer.Fault = null;

        await log.First.FinishAsync();

        (await log.VerifyAsync()).ShouldBe(1_101);
        log.First.Told.Events.ShouldBe(["audit.not_signed", "audit.signed_again"]);
    }

    [Theory, EachEngine]
    public async Task The_making_of_the_log_can_be_cut_off_at_its_beginning(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        log.First.LastSigned.After = new CrashException();
        (await log.First.RoundAsync()).ShouldBe(LogRound.Failed);
        await log.First.Sequencer.LeaveAsync(TestContext.Current.CancellationToken);

        var second = log.Process();
        second.Lease.AfterWrite = () => throw new CrashException();
        (await second.RoundAsync()).ShouldBe(LogRound.Failed);
        await second.Sequencer.LeaveAsync(TestContext.Current.CancellationToken);

        await log.Process().FinishAsync();
        (await log.VerifyAsync()).ShouldBe(1);
    }

    [Theory, EachEngine]
    public async Task While_the_signer_is_gone_entries_gather_and_afterwards_they_are_in_the_log(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.First.FinishAsync();
        var file = Path.Combine(log.Store.Options.DataDirectory, "keys", "audit.key");
        File.Move(file, file + ".away");
        for (var i = 0; i < 3; i++)
        {
            await log.AddAsync(10);
            (await log.First.RoundAsync()).ShouldBe(LogRound.Failed);
        }

        log.First.Board.Current.Problem.ShouldBe("keys/audit.key is missing.");
        File.Exists(file).ShouldBeFalse("another key would be another log");
        (await log.VerifyAsync()).ShouldBe(1);
        File.Move(file + ".away", file);
        await log.First.FinishAsync();

        (await log.VerifyAsync()).ShouldBe(31);
        log.First.Told.Events.ShouldBe(["audit.not_signed", "audit.signed_again"]);
    }

    [Theory, EachEngine]
    public async Task A_signature_that_does_not_hold_is_not_published(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.First.FinishAsync();
        await log.AddAsync(1);
        log.Signer.Lies = true;
        (await log.First.RoundAsync()).ShouldBe(LogRound.Failed);
        (await log.VerifyAsync()).ShouldBe(1);
        log.First.LastSigned.Read()!.Checkpoint.Size.ShouldBe(1);

        log.Signer.Lies = false;
        await log.First.FinishAsync();
        (await log.VerifyAsync()).ShouldBe(2);
    }

    private static void Arm(LogUnderTest log, TestProcess process, string point)
    {
        switch (point)
        {
            case "before the places are written": process.Lease.BeforeWrite = () => throw new CrashException(); break;
            case "after the places were written": process.Lease.AfterWrite = () => throw new CrashException(); break;
            case "before signing": log.Signer.Fault = new CrashException(); break;
            case "before the signed head is kept": process.LastSigned.Before = new CrashException(); break;
            case "after the signed head was kept": process.LastSigned.After = new CrashException(); break;
            case "before publishing": process.Lease.AfterWrite = () => Arm(process.Lease, before: true); break;
            case "after publishing": process.Lease.AfterWrite = () => Arm(process.Lease, before: false); break;
        }
    }

    private static Task Arm(FaultyLease lease, bool before)
    {
        if (before)
        {
            lease.BeforeWrite = () => throw new CrashException();
        }
        else
        {
            lease.AfterWrite = () => throw new CrashException();
        }

        return Task.CompletedTask;
    }
}
