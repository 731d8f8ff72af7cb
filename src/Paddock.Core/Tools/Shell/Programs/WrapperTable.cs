namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Programs that run the command behind them.</summary>
internal static class WrapperTable
{
    public const string Lines = """
        env wrap +assign -i -0 -v -u: -C:path -S:darkline --ignore-environment --null --debug --unset: --chdir:path --split-string:darkline --block-signal:maybe --default-signal:maybe --ignore-signal:maybe
        nohup,setarch,unbuffer,eatmydata,gnomon wrap
        timeout,gtimeout wrap:1 -k: -s: -v -f -p --kill-after: --signal: --preserve-status --foreground --verbose
        nice wrap -n: --adjustment:
        ionice wrap -c: -n: -p:asks -t --class: --classdata: --ignore
        stdbuf wrap -i: -o: -e: --input: --output: --error:
        setsid wrap -c -f -w --ctty --fork --wait
        taskset wrap:1 -a -c -p:asks
        chrt wrap:1 -b -f -i -o -r -p:asks
        caffeinate wrap -d -i -m -s -u -t: -w:
        busybox,toybox wrap --list:asks --help:asks
        cross-env wrap +assign
        cross-env-shell darkline
        dotenvx,doppler,infisical,op menu +lax
        dotenvx run,doppler run,infisical run,op run step +lax -f:read --env-file:read -c: --config: -p: --project: --env: --path:path
        aws-vault,chamber menu +lax
        aws-vault exec,chamber exec step:1 +lax
        dotenv wrap -e:read -f:read -o
        xvfb-run wrap -a -s: -e:write -n: -w: --auto-servernum --server-args: --server-num:
        faketime wrap:1 -m -f --exclude-monotonic
        direnv menu
        direnv exec step:1
        strace,ltrace step -f -ff -q -c -C -t -tt -ttt -T -v -y -yy -e: -o:write -s: -p:asks -E: -u: -S: -I:
        perf menu +lax
        perf stat,perf record,perf trace step +lax -e: -o:write -p: -F: -g -a
        valgrind,rr step +lax
        sudo step +assign +stdin -n -S -k -K -b -E -H -i -s -A -B -P -N -l:asks -v:asks -V:asks -u: -g: -p: -h: -C: -D:path -R:path -T: -r: -t: -U: -e:inplace --user: --group: --non-interactive --stdin
          --preserve-env:maybe --login --shell --chdir:path --chroot:path --set-home --list:asks --validate:asks --version:asks --askpass --background --close-from: --prompt: --host: --edit:inplace --command-timeout:
        doas step +stdin -n -s -u: -C:asks -L:asks
        pkexec step --user: --keep-cwd --disable-internal-agent --version:asks
        su tool +stdin -c:line --command:line -s: --shell: -g: -G: -w: -l -m -p --login --preserve-environment
        runuser step -u: -g: -G: -c:line --command:line -l -m -p --user: --login
        chroot step:1 +stdin --userspec: --groups: --skip-chdir
        unshare step +stdin -m -u -i -n -p -U -C -T -f -r -c --mount --uts --ipc --net --pid --user --cgroup --time --fork --map-root-user --mount-proc:maybe --kill-child:maybe
        nsenter step +stdin -t: -m -u -i -n -p -U -C -T -a -F -r: -w: -S: -G: --target: --mount --uts --ipc --net --pid --all
        systemd-run step -t -P -q -d -G -r -S -p: -u: --user --system --scope --unit: --property: --wait --pty --pipe --quiet --uid: --gid: --setenv: --working-directory: --collect --slice:
        flock step:1 -n -x -s -u -e -o -F -w: -E: -c:line --nonblock --exclusive --shared --unlock --close --timeout: --wait: --command:line --no-fork --verbose
        fakeroot,proot,numactl,prlimit,cpulimit,chronic,catchsegv,arch,winpty,dbus-run-session step +lax +dark
        ip menu +lax
        ip netns menu +lax
        ip netns exec step:1
        firejail,bwrap,proxychains,proxychains4,torsocks,sg,setpriv,capsh,start-stop-daemon step +lax +dark
        xargs,gxargs feed -0 -r -t -p -x -o -n: -P: -I: -i:maybe -L: -l:maybe -d: -s: -a:read -E: -e:maybe --null --no-run-if-empty --verbose --interactive --exit --open-tty --max-args: --max-procs: --replace:maybe
          --delimiter: --arg-file:read --max-lines:maybe --max-chars: --eof:maybe --process-slot-var:
        parallel,entr,rush,watchexec step +lax +dark
        watch line -n: -d:maybe -t -b -e -g -c -x -p -w --interval: --differences:maybe --no-title --color --errexit --chgexit --exec --precise
        script tool -c:line --command:line -q -a -f -e -t:maybe -O:write -I:write -B:write --return --quiet --append --flush
        concurrently,hyperfine darkline
        npm-run-all,run-p,run-s,start-server-and-test,honcho,foreman,overmind dark
        nodemon interp +lax -x:line --exec:line -e: --ext: -w:path --watch:path -i: --ignore: --version:asks
        onchange,chokidar tool -c:line --command:line
        at,batch dark +stdin -l:asks -c:asks
        crontab dark +stdin -l:asks
        tmux,screen,zellij,dtach,abduco,expect,gdb,lldb,ed,ex,vi,vim,nvim,view,emacs,emacsclient,socat,osascript dark
        """;
}
