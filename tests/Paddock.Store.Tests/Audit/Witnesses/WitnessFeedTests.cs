using Microsoft.Extensions.Logging.Abstractions;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Audit.Witnesses;
using Paddock.Store.Audit.Tiles;
using Paddock.Store.Audit.Witnesses;
using Paddock.Store.Dialects;
using Paddock.Store.Tests.Audit.Tiles;
using Paddock.Testing;

namespace Paddock.Store.Tests.Audit.Witnesses;

/// <summary>The log is handed to a witness as it grows; whatever the witness says or does not say, the log goes on, and people hear of it.</summary>
public sealed class WitnessFeedTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task What_the_witness_signed_is_kept_and_served_with_the_checkpoint(Engine engine)
    {
        await using var fed = await Fed.StartAsync(engine);
        await fed.GrowAsync(300);
        await fed.GrowAsync(5);

        var reader = fed.Log.Store.Get<ILogReader>();
        var newest = (await reader.NewestAsync(null, Cancelled))!;
        SignedNote.Parse(newest.Note)!.IsSignedBy(fed.Book.Key, new Ed25519Verifier()).ShouldBeTrue();
        (fed.Feed.Status.Size, fed.Feed.Status.Problem).ShouldBe((306, null));
        await fed.Log.AddAsync(1);
        await fed.Log.First.FinishAsync();

        SignedNote.Parse((await reader.NewestAsync(null, Cancelled))!.Note)!.Signatures.Length.ShouldBe(1, "the witness has not seen this one");
        (await reader.WitnessedAsync(null, Cancelled))!.Checkpoint.ShouldBe(newest.Checkpoint);
        (await reader.FiguresAsync(Cancelled)).KeptOutside.ShouldBe(fed.Log.Store.Time.GetUtcNow());
        var first = await fed.Log.Store.Get<IDatabase>().ReadAsync(session => session.ReadRowsAsync("SELECT id FROM audit_entries WHERE seq = 3", null, row => session.Dialect.ReadId(row.GetValue(0))), Cancelled);
        (await reader.ProveAsync(first[0], Cancelled))!.Checkpoint.ShouldBe((await reader.WitnessedAsync(1, Cancelled))!.Note);
    }

    [Theory, EachEngine]
    public async Task Both_shards_are_handed_over_to_their_ends(Engine engine)
    {
        await using var fed = await Fed.StartAsync(engine);
        await fed.GrowAsync(3);
        fed.Log.Store.Time.SetUtcNow(new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await fed.GrowAsync(2);

        var reader = fed.Log.Store.Get<ILogReader>();
        (await reader.WitnessedAsync(1, Cancelled))!.Checkpoint.Size.ShouldBe(5);
        (await reader.WitnessedAsync(2, Cancelled))!.Checkpoint.Size.ShouldBe(3);
    }

    [Fact]
    public async Task A_witness_that_has_forgotten_or_knows_more_than_is_kept_here_is_fed_from_where_it_is()
    {
        await using var fed = await Fed.StartAsync(Engine.Sqlite);
        await fed.GrowAsync(10);
        await fed.Log.Store.ExecuteAsync("DELETE FROM audit_cosignatures");
        fed.Restart();
        await fed.GrowAsync(1);
        fed.Feed.Status.ShouldSatisfyAllConditions(status => status.Problem.ShouldBeNull(), status => status.Size.ShouldBe(12));

        fed.Witness.Book = fed.NewBook();
        await fed.GrowAsync(1);
        fed.Feed.Status.Size.ShouldBe(13);
    }

    [Fact]
    public async Task A_witness_that_is_away_is_asked_again_later_and_people_hear_of_it_once()
    {
        await using var fed = await Fed.StartAsync(Engine.Sqlite);
        await fed.GrowAsync(3);
        fed.Witness.Answer = new WitnessReply.Away("ConnectionError");
        await fed.GrowAsync(3);
        var asked = fed.Witness.Asked;
        await fed.GrowAsync(3);
        fed.Witness.Asked.ShouldBe(asked, "not again at once");
        for (var minute = 0; minute < 12; minute++)
        {
            fed.Log.Store.Time.Advance(TimeSpan.FromMinutes(1));
            await fed.GrowAsync(1);
        }

        fed.Told.Events.ShouldBe(["audit.witness_away"]);
        fed.Feed.Status.Problem.ShouldBe("ConnectionError");
        fed.Witness.Answer = null;
        fed.Log.Store.Time.Advance(TimeSpan.FromMinutes(1));
        await fed.GrowAsync(1);

        fed.Told.Events.ShouldBe(["audit.witness_away", "audit.witness_back"]);
        fed.Feed.Status.Problem.ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task A_witness_that_knows_only_the_open_shard_is_fed_with_it_and_not_bothered_with_the_older_one(Engine engine)
    {
        await using var fed = await Fed.StartAsync(engine);
        await fed.Log.AddAsync(3);
        fed.Log.Store.Time.SetUtcNow(new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await fed.Log.First.FinishAsync();
        fed.Witness.Book = fed.NewBook(VerifierKey.Parse((await fed.Log.Store.Get<ILogReader>().ShardsAsync(Cancelled))[^1].VerifierKey));
        fed.Restart();

        await fed.GrowAsync(2);
        fed.Feed.Status.ShouldSatisfyAllConditions(status => status.Problem.ShouldBeNull(), status => status.Size.ShouldBe(6));
        fed.Witness.Asked.ShouldBe(2);
        await fed.GrowAsync(1);
        (fed.Feed.Status.Size, fed.Witness.Asked).ShouldBe((7, 3));
        fed.Log.Store.Skip(TimeSpan.FromHours(2));
        await fed.GrowAsync(1);

        (fed.Feed.Status.Size, fed.Witness.Asked).ShouldBe((8, 5), "now and then the older one is offered again");
        fed.Told.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_contradiction_is_told_also_when_people_know_that_the_witness_is_away()
    {
        await using var fed = await Fed.StartAsync(Engine.Sqlite);
        fed.Witness.Answer = new WitnessReply.Away("ConnectionError");
        await fed.GrowAsync(3);
        fed.Log.Store.Time.Advance(TimeSpan.FromMinutes(10));
        await fed.GrowAsync(1);
        fed.Witness.Answer = new WitnessReply.Contradicts("another root");
        fed.Log.Store.Time.Advance(TimeSpan.FromMinutes(1));
        await fed.GrowAsync(1);

        fed.Told.Events.ShouldBe(["audit.witness_away", "audit.witness_contradicts"]);
    }

    [Fact]
    public async Task That_somebody_else_handed_over_a_newer_checkpoint_meanwhile_is_no_contradiction()
    {
        await using var fed = await Fed.StartAsync(Engine.Sqlite);
        var feed = fed.Feed;
        fed.Restart();
        fed.Witness.BeforeAnswer = () => fed.GrowAsync(2);
        await fed.Log.AddAsync(3);
        await fed.Log.First.FinishAsync();
        await feed.LookAsync(Cancelled);

        feed.Status.ShouldSatisfyAllConditions(status => status.Problem.ShouldBeNull(), status => status.Size.ShouldBe(6));
        fed.Told.Events.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("rollback", "cut back")]
    [InlineData("fork", "not the beginning")]
    public async Task A_log_that_is_not_what_the_witness_saw_is_told_at_once(string attack, string problem)
    {
        await using var fed = await Fed.StartAsync(Engine.Sqlite);
        await fed.GrowAsync(10);
        var book = fed.Witness.Book;
        await using var other = await Fed.StartAsync(Engine.Sqlite, fed);
        await other.GrowAsync(attack == "rollback" ? 3 : 30);

        other.Feed.Status.Problem!.ShouldContain(problem);
        other.Told.Events.ShouldBe(["audit.witness_contradicts"]);
        (await other.Log.Store.QueryAsync<long>("SELECT COUNT(*) FROM audit_cosignatures")).ShouldBe([0]);
        book.ShouldBe(fed.Witness.Book);
    }

    [Fact]
    public async Task After_a_restart_only_the_new_shard_is_handed_over_and_the_witness_must_be_told_of_it()
    {
        await using var fed = await Fed.StartAsync(Engine.Sqlite);
        await fed.GrowAsync(10);
        await fed.Log.Store.ExecuteAsync("DELETE FROM audit_cosignatures");
        await fed.Log.First.Sequencer.LeaveAsync(Cancelled);
        var head = fed.Log.First.LastSigned.Read()!;
        fed.Log.First.LastSigned.Write(head with { Checkpoint = head.Checkpoint with { Size = 400 } });
        (await fed.Log.First.RoundAsync()).ShouldBe(LogRound.Halted);
        await fed.Log.First.Care.RestartAsync(Paddock.Core.Audit.AuditActor.Of("usr_one"), "restored", Cancelled);
        fed.Restart();
        await fed.GrowAsync(1);

        fed.Feed.Status.Problem.ShouldBe("404");
        fed.Witness.Book = fed.NewBook(VerifierKey.Parse((await fed.Log.Store.Get<ILogReader>().ShardsAsync(Cancelled))[^1].VerifierKey));
        fed.Restart();
        await fed.GrowAsync(1);
        fed.Feed.Status.ShouldSatisfyAllConditions(status => status.Problem.ShouldBeNull(), status => status.Size.ShouldBe(4));
        fed.Told.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_signature_that_does_not_hold_is_not_kept()
    {
        await using var fed = await Fed.StartAsync(Engine.Sqlite);
        using var other = fed.NewBook();
        fed.Witness.Answer = new WitnessReply.Signed($"— {fed.Book.Key.Name} {Convert.ToBase64String(new byte[76])}\nnonsense\n");
        await fed.GrowAsync(3);

        fed.Feed.Status.Problem!.ShouldContain("does not hold");
        (await fed.Log.Store.QueryAsync<long>("SELECT COUNT(*) FROM audit_cosignatures")).ShouldBe([0]);
    }

    /// <summary>A log, a witness and the feed between them.</summary>
    private sealed class Fed : IAsyncDisposable
    {
        private readonly List<WitnessBook> books = [];
        private readonly string directory = Directory.CreateTempSubdirectory("paddock-witness-").FullName;

        private Fed(LogUnderTest log) => Log = log;

        public LogUnderTest Log { get; }

        public BookWitness Witness { get; private set; } = null!; // set by StartAsync before anyone sees it

        public WitnessBook Book => Witness.Book;

        public WitnessFeed Feed { get; private set; } = null!; // set by StartAsync before anyone sees it

        public ToldNotifications Told { get; } = new();

        /// <param name="forged">A log whose name, key and witness this one has too.</param>
        public static async Task<Fed> StartAsync(Engine engine, Fed? forged = null)
        {
            var fed = new Fed(await LogUnderTest.StartAsync(engine));
            if (forged is not null)
            {
                var keys = Path.Combine(fed.Log.Store.Options.DataDirectory, "keys");
                Directory.CreateDirectory(keys);
                File.Copy(Path.Combine(forged.Log.Store.Options.DataDirectory, "keys", "audit.key"), Path.Combine(keys, "audit.key"));
            }

            await fed.Log.First.FinishAsync();
            if (forged is not null)
            {
                await fed.RenameAsync(await forged.OriginAsync());
            }

            fed.Witness = forged?.Witness ?? new(await fed.KeyAsync()) { Book = fed.NewBook(await fed.KeyAsync()) };
            fed.Restart();
            return fed;
        }

        public WitnessBook NewBook(VerifierKey? log = null)
        {
            var book = WitnessBook.Open(Path.Combine(directory, $"{books.Count}"), "witness.example/w", [log ?? Witness.Log], null, Log.Store.Time, NullLogger<WitnessBook>.Instance);
            books.Add(book);
            return book;
        }

        /// <summary>The process forgets what it knew of the witness.</summary>
        public void Restart() => Feed = new(Witness, Log.Store.Get<IDatabase>(), new Ed25519Verifier(), Log.First.Board, Told, Log.Store.Time, NullLogger.Instance);

        public async Task GrowAsync(int entries)
        {
            await Log.AddAsync(entries);
            await Log.First.FinishAsync();
            await Feed.LookAsync(Cancelled);
        }

        public async ValueTask DisposeAsync()
        {
            books.ForEach(static book => book.Dispose());
            await Log.DisposeAsync();
            Directory.Delete(directory, recursive: true);
        }

        private async Task<VerifierKey> KeyAsync() => VerifierKey.Parse((await Log.Store.Get<ILogReader>().NewestAsync(null, Cancelled))!.VerifierKey)!;

        private async Task<string> OriginAsync() => (await Log.Store.Get<ILogReader>().ShardsAsync(Cancelled))[0].Origin;

        /// <summary>Another database is made to look like the log of this name.</summary>
        private async Task RenameAsync(string origin)
        {
            await Log.First.Sequencer.LeaveAsync(Cancelled);
            var key = new VerifierKey(origin, NoteAlgorithm.Ed25519, (await KeyAsync()).PublicKey.Span);
            await Log.Store.ExecuteAsync("DELETE FROM audit_checkpoints");
            await Log.Store.ExecuteAsync($"UPDATE audit_shards SET origin = '{origin}', vkey = '{key}'");
            Log.First.LastSigned.Write(new(1, new(origin, 0, TreeHash.OfNothing), key.KeyId));
        }
    }
}
