using System.CommandLine;
using Paddock.Demo;
using Paddock.Hosting;
using Paddock.Settings;

namespace Paddock.Commands;

/// <summary><c>paddock serve</c>. Its options are the settings that have a flag.</summary>
internal static class ServeCommand
{
    private static readonly List<(SettingDefinition Setting, Option Option)> options =
        [.. KnownSettings.All.Where(setting => setting.Flag is not null).Select(setting => (setting, OptionOf(setting)))];

    public static Command Build()
    {
        var command = new Command("serve", "Run the server. Every option can also be set in the environment (PADDOCK_…) or in paddock.yaml.");
        foreach (var (_, option) in options)
        {
            command.Add(option);
        }

        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, () => RunAsync(parsed, cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = ServeBinding.Bind(Flags(parsed), ConnectionOptions.Variables());
        var output = parsed.InvocationConfiguration.Output;
        await using var demo = settings.Demo ? await DemoDay.StartAsync(cancellationToken) : null;
        await using var server = await PaddockServer.StartAsync(settings with { Documents = demo?.Release() }, configure: null, cancellationToken);
        Banner.Write(output, settings, server);
        if (demo is not null)
        {
            var key = await demo.BeginAsync(server, cancellationToken);
            await output.WriteLineAsync($"{Environment.NewLine}Demo: simulated developers are at work; see them with `paddock ledger list`. A key for models only, for you to try: {key}{Environment.NewLine}Have its first provider fail, and watch /alerts, /incidents and /runbooks: {demo.Trouble}");
        }

        await server.RunUntilStoppedAsync();
        return CommandLine.Done;
    }

    private static IEnumerable<SettingValue> Flags(ParseResult parsed) =>
        from one in options
        let texts = one.Option switch
        {
            Option<bool> flag => parsed.GetResult(flag) is { Implicit: false } ? [parsed.GetValue(flag) ? "true" : "false"] : [],
            Option<string[]> list => parsed.GetValue(list) ?? [],
            _ => throw new InvalidOperationException("A setting is a switch or texts."),
        }
        where texts.Length > 0
        select new SettingValue(one.Setting, texts, "--" + one.Setting.Flag);

    private static Option OptionOf(SettingDefinition setting) => setting.Kind is SettingKind.Switch
        ? new Option<bool>("--" + setting.Flag) { Description = setting.Description }
        : setting.Kind is SettingKind.List
            ? new Option<string[]>("--" + setting.Flag) { Description = setting.Description }.TakesSeveral()
            : new Option<string[]>("--" + setting.Flag) { Description = setting.Description }.TakesNoOption();
}
