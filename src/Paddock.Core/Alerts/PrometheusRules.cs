using System.Globalization;
using System.Text;
using System.Text.Json;
using Paddock.Core.Alerts.Detection;

namespace Paddock.Core.Alerts;

/// <summary>
/// Alert rules as a rule file of Prometheus, on metrics that <c>/metrics</c> has. What Prometheus cannot tell from them is left out, with a
/// comment that says why: of those, too, <c>paddock_alerts_open</c> tells.
/// </summary>
public static class PrometheusRules
{
    /// <summary>Metrics that the rules look at.</summary>
    public const string Tries = "paddock_provider_tries_total", Gauges = "paddock_alerts_gauge", Open = "paddock_alerts_open";

    private const string Failed = "outcome=\"failed\"", Refused = "outcome=\"credential_refused\"";

    /// <param name="digest">Of the release that they stand in.</param>
    public static string Of(IEnumerable<AlertRule> rules, IReadOnlyCollection<Slo> slos, string digest)
    {
        var file = new StringBuilder();
        file.Append("# Alert rules of Paddock for Prometheus, by the release ").Append(digest).Append(".\n# What keeps others quiet, and for how long somebody is told no more, is Alertmanager's affair.\ngroups:\n- name: paddock\n  rules:\n");
        var (left, any) = (new StringBuilder(), false);
        foreach (var rule in rules.Where(static one => one.Enabled).OrderBy(static one => one.Name, StringComparer.Ordinal))
        {
            switch (rule.Condition)
            {
                case AlertCondition.Burn burn when slos.FirstOrDefault(slo => slo.Name == burn.Slo) is { Of: SloSubject.Provider } slo:
                    WriteBurn(file, rule, burn, slo);
                    any = true;
                    break;
                case AlertCondition.Spike spike:
                    Write(file, rule, rule.Severity, Spike(spike.Bounds), TimeSpan.Zero, "Provider {{ $labels.provider }} refused its credential {{ $value | humanize }} times in five minutes.");
                    any = true;
                    break;
                case AlertCondition.Threshold threshold:
                    var (best, sign) = threshold.Above is null ? ("min", '<') : ("max", '>');
                    Write(file, rule, rule.Severity, $"{best} by (subject) ({Gauges}{{gauge=\"{threshold.Gauge.Name}\"}}) {sign} {Text(threshold.Limit)}", threshold.For, threshold.Gauge.Says + ": {{ $value | humanize }} " + $"{threshold.Gauge.Unit} " + "{{ $labels.subject }}");
                    any = true;
                    break;
                default:
                    left.Append("# ").Append(rule.Name).Append(" is not here: ").Append(WhyNot(rule.Condition)).Append(" Paddock judges it, and ").Append(Open).Append("{rule=\"").Append(rule.Name).Append("\"} tells.\n");
                    break;
            }
        }

        return (any ? file : file.Replace("  rules:\n", "  rules: []\n")).Append(left).ToString();
    }

    private static void WriteBurn(StringBuilder file, AlertRule rule, AlertCondition.Burn burn, Slo slo)
    {
        foreach (var same in burn.Windows.GroupBy(static window => window.Severity).OrderByDescending(static one => one.Key))
        {
            var objective = (slo.Objective * 100).ToString("0.###", CultureInfo.InvariantCulture);
            Write(file, rule, same.Key, string.Join("\nor\n", same.Select(window => Burn(window, burn.Guard, slo.Objective))), TimeSpan.Zero,
                $"Provider {{{{ $labels.provider }}}} fails calls faster than an objective of {objective} % over 30 days allows.");
        }
    }

    /// <summary>By rate; where there are too few for one, by count.</summary>
    private static string Burn(BurnWindow window, BurnGuard guard, double objective)
    {
        var (longer, shorter) = (Span(window.Long), Span(window.Short));
        var most = Text(Math.Round(window.Burn * (1 - objective), 9));
        return $"""
            (
              {Sum(Failed, longer)} / {Sum("", longer)} > {most}
              and {Sum(Failed, shorter)} / {Sum("", shorter)} > {most}
              and {Sum("", longer)} >= {guard.Events}
            )
            or
            (
              {Sum(Failed, longer)} >= {guard.Bad}
              and {Sum(Failed, longer)} > 0.5 * {Sum("", longer)}
              and {Sum(Failed, shorter)} > 0.5 * {Sum("", shorter)}
              and {Sum("", longer)} < {guard.Events}
            )
            """;
    }

    /// <summary>The median of the same hour of the last seven days; a day of which nothing is known counts as none.</summary>
    private static string Spike(SpikeBounds bounds)
    {
        var window = Span(CountSpike.Window);
        var parts = Text(TimeSpan.FromHours(1) / CountSpike.Window);
        var days = Enumerable.Range(1, 7).Select(day => $"label_replace({Sum(Refused, "1h", Span(TimeSpan.FromDays(day) - TimeSpan.FromMinutes(30)))} / {parts} or 0 * {Sum(Refused, window)}, \"day\", \"{day}\", \"\", \"\")");
        return $"""
            {Sum(Refused, window)} >= {bounds.AtLeast}
            and {Sum(Refused, window)} > {Text(bounds.Times)} * quantile by (provider) (0.5,
              {string.Join("\n  or ", days)}
            )
            """;
    }

    private static void Write(StringBuilder file, AlertRule rule, AlertSeverity severity, string expression, TimeSpan within, string summary)
    {
        file.Append("  - alert: ").Append(rule.Name).Append("\n    expr: |-\n      ").Append(expression.ReplaceLineEndings("\n").Replace("\n", "\n      ", StringComparison.Ordinal)).Append('\n');
        if (within > TimeSpan.Zero)
        {
            file.Append("    for: ").Append(Span(within)).Append('\n');
        }

        // Labels are templates to Prometheus, and whoever owns a rule writes what they like.
        var owner = rule.Owner.Replace("{{", "{ {", StringComparison.Ordinal);
        file.Append("    labels: {source: paddock, severity: ").Append(severity is AlertSeverity.Page ? "page" : "ticket").Append(", owner: ").Append(Quoted(owner)).Append("}\n    annotations: {summary: ").Append(Quoted(summary)).Append("}\n");
    }

    private static string WhyNot(AlertCondition condition) => condition switch
    {
        AlertCondition.Burn => "calls are not counted by route, because clients write what they like there.",
        AlertCondition.Shift => "results are not counted by agent, and a test against 28 days is more than a rule can say.",
        AlertCondition.Tail or AlertCondition.Novelty => "calls are not counted by agent and tool, because agents write what they like there.",
        AlertCondition.Burst => "refusals are not counted by person.",
        AlertCondition.Surge => "a sum against the season is more than a rule can say.",
        _ => "spend is not counted by budget.",
    };

    private static string Sum(string labels, string window, string? offset = null) => $"sum by (provider) (increase({Tries}{(labels.Length == 0 ? "" : $"{{{labels}}}")}[{window}]{(offset is null ? "" : $" offset {offset}")}))";

    private static string Span(TimeSpan span) => span switch
    {
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerHour}h"),
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute == 0 => string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerMinute}m"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalSeconds}s"),
    };

    private static string Text(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);

    /// <summary>JSON's quoted text is YAML's.</summary>
    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
